package dev.mastic.clients;

import dev.mastic.clients.ForeignProgram.Answer;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class PythonIT {
    private static final String MISSING = "This needs Python 3 with boto3 that knows the glue client: "
            + "apt-get install python3 python3-boto3, or pip install boto3";

    @Test
    void boto3FindsTheCatalogThatItKnows() throws Exception {
        assumeTrue(ForeignProgram.answers("python3", "-c", "import boto3"), MISSING);
        Path script = Path.of("src", "test", "python", "catalog.py").toAbsolutePath();

        Answer answer = ForeignProgram.run(Path.of("target"), List.of("python3", "-B", script.toString(), "-v"));

        assertThat(answer.status()).as(answer.text()).isZero();
        assertThat(answer.text()).contains("OK").doesNotContain("skipped=");
    }
}

package dev.mastic.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RequestValidatorTest {
    private final RequestValidator validator = new RequestValidator();

    @Test
    void takesStatisticsOfNothingButNullsAsTrinoSendsThem() {
        assertThatCode(() -> validate("{\"MaximumLength\":0,\"NumberOfNulls\":1,\"NumberOfDistinctValues\":1}"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> validate("{\"MaximumLength\":0,\"NumberOfNulls\":1}"))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("stringColumnStatisticsData.numberOfDistinctValues");
        assertThatThrownBy(() -> validate(
                        "{\"AverageLength\":-1,\"MaximumLength\":0,\"NumberOfNulls\":1,\"NumberOfDistinctValues\":1}"))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("stringColumnStatisticsData.averageLength");
    }

    private void validate(String data) throws Exception {
        String request = "{\"DatabaseName\":\"d\",\"TableName\":\"t\",\"ColumnStatisticsList\":[{\"ColumnName\":\"c\","
                + "\"ColumnType\":\"string\",\"AnalyzedTime\":0,\"StatisticsData\":{\"Type\":\"STRING\","
                + "\"StringColumnStatisticsData\":" + data + "}}]}";
        validator.validate("UpdateColumnStatisticsForTable", new ObjectMapper().readTree(request));
    }
}

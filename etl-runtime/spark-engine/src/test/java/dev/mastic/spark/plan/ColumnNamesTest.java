package dev.mastic.spark.plan;

import dev.mastic.spark.failure.JobFailure;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ColumnNamesTest {
    private final ColumnNames names = new ColumnNames(
            "flights.filter1",
            new StructType().add("distance", DataTypes.LongType).add("delay", DataTypes.LongType));

    @Test
    void suggestsTheNearestName() {
        assertThatThrownBy(() -> names.column("distanze"))
                .isInstanceOf(JobFailure.class)
                .hasMessage("Step 'flights.filter1': there is no column 'distanze'; did you mean 'distance'?"
                        + " Columns here: distance, delay");
    }

    @Test
    void suggestsNothingFarAway() {
        assertThatThrownBy(() -> names.require("carrier"))
                .hasMessage("Step 'flights.filter1': there is no column 'carrier'. Columns here: distance, delay");
    }

    @Test
    void findsNamesWhateverTheirCase() {
        names.require("DELAY");
    }

    @Test
    void measuresTheDistanceOfTexts() {
        assertThat(ColumnNames.distance("", "abc")).isEqualTo(3);
        assertThat(ColumnNames.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(ColumnNames.distance("same", "same")).isZero();
    }
}

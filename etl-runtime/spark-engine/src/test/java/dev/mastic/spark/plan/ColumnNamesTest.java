package dev.mastic.spark.plan;

import dev.mastic.spark.failure.JobFailure;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ColumnNamesTest {
    private final ColumnNames names = new ColumnNames(
            "flights.filter1",
            "flights",
            new StructType().add("distance", DataTypes.LongType).add("delay", DataTypes.LongType));

    @Test
    void suggestsTheNearestName() {
        assertThatThrownBy(() -> names.column("distanze"))
                .isInstanceOf(JobFailure.class)
                .hasMessage(
                        "Step 'flights.filter1': no column \"distanze\" in step \"flights\"; did you mean \"distance\"?"
                                + " Columns there: distance, delay");
    }

    @Test
    void suggestsNothingFarAway() {
        assertThatThrownBy(() -> names.require("carrier"))
                .hasMessage(
                        "Step 'flights.filter1': no column \"carrier\" in step \"flights\". Columns there: distance, delay");
    }

    @Test
    void findsNamesWhateverTheirCase() {
        names.require("DELAY");
    }
}

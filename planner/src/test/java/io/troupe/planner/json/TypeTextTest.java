package io.troupe.planner.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.troupe.planner.error.TroupeException;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "int",
                "bigint",
                "decimal(10,2)",
                "array<map<string,struct<a:int,b:array<double>>>>",
                "timestamp_ntz",
                "interval day to second",
                "interval year",
                "char(3)",
                "time(6)",
                "void",
                "variant"
            })
    void readsWhatTypesPrint(String text) {
        DataType type = TypeText.type(text);
        assertEquals(text, type.simpleString());
        assertEquals(type, SchemaJson.type(Json.parse(SchemaJson.write(type))));
    }

    @Test
    void readsColumnsWithNullabilityAndComments() {
        StructType schema =
                TypeText.schema("a int not null comment 'x', `b c`: string, d struct<e:int>");
        assertEquals("struct<a:int,b c:string,d:struct<e:int>>", schema.simpleString());
        assertEquals(false, schema.fields().getFirst().nullable());
        assertEquals("{\"comment\":\"x\"}", schema.fields().getFirst().metadata());
    }

    @Test
    void refusesUnknownTypes() {
        assertEquals(
                "UNSUPPORTED_DATATYPE",
                assertThrows(TroupeException.class, () -> TypeText.type("wat")).condition());
    }
}

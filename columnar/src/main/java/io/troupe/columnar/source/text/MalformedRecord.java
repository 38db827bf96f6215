package io.troupe.columnar.source.text;

import io.troupe.planner.error.TroupeException;
import java.util.Map;

/// A record that FAILFAST mode does not accept; the scan adds the file.
public final class MalformedRecord extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient TroupeException error;

    public MalformedRecord(String record) {
        super(record);
        this.error = error(record);
    }

    public static TroupeException error(String record) {
        return new TroupeException(
                TroupeException.Kind.SparkException,
                "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
                "22023",
                "Malformed records are detected in record parsing: "
                        + record
                        + ".\nParse Mode: FAILFAST. To process malformed records as null result, try setting the option 'mode' as"
                        + " 'PERMISSIVE'. ",
                Map.of("badRecord", record, "failFastMode", "FAILFAST"));
    }

    public TroupeException error() {
        return error;
    }
}

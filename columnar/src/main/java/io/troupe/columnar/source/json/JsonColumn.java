package io.troupe.columnar.source.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.troupe.columnar.source.text.TextColumn;
import io.troupe.columnar.source.text.TextTimes;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.StructVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.UserDefinedType;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A column that grows by JSON values.
abstract sealed class JsonColumn
        permits JsonScalarColumn, JsonColumn.Struct, JsonColumn.Array, JsonColumn.Entries {
    static JsonColumn of(DataType type, TextTimes times) {
        return switch (type) {
            case StructType struct -> new Struct(struct, times);
            case ArrayType array -> new Array(of(array.element(), times));
            case MapType map ->
                    new Entries(new TextColumn(StringType.STRING, times), of(map.value(), times));
            case UserDefinedType user -> of(user.sqlType(), times);
            default -> new JsonScalarColumn(type, times);
        };
    }

    /// Appends the value whose first token is the parser's current one, and leaves the parser at
    /// its last. False when the value does not fit the type: then null is appended, or a struct
    /// with nulls for the fields that do not fit.
    abstract boolean append(JsonParser parser, byte[] source) throws IOException;

    abstract void appendNull();

    abstract int length();

    /// Forgets the values from `length` on.
    abstract void truncate(int length);

    /// Hands the column over and begins a new one.
    abstract Vector build();

    /// Passes over a value of the wrong kind.
    final boolean mismatch(JsonParser parser) throws IOException {
        parser.skipChildren();
        appendNull();
        return false;
    }

    /// Which rows are present.
    static final class Presence {
        private long[] bits = new long[16];
        private int length;
        private boolean anyNull;

        void add(boolean present) {
            if (length >> 6 >= bits.length) {
                bits = Arrays.copyOf(bits, 2 * bits.length);
            }
            if (present) {
                bits[length >> 6] |= 1L << length;
            } else {
                anyNull = true;
            }
            length++;
        }

        int length() {
            return length;
        }

        void truncate(int to) {
            for (int row = to; row < length; row++) {
                bits[row >> 6] &= ~(1L << row);
            }
            length = to;
        }

        long[] build() {
            long[] built = anyNull ? Arrays.copyOf(bits, length + 63 >> 6) : null;
            bits = new long[16];
            length = 0;
            anyNull = false;
            return built;
        }
    }

    /// Offsets of lists and maps.
    static final class Offsets {
        private int[] values = new int[16];
        private int count;

        void add(int end) {
            if (count + 1 >= values.length) {
                values = Arrays.copyOf(values, 2 * values.length);
            }
            values[++count] = end;
        }

        int truncate(int to) {
            count = to;
            return values[to];
        }

        int last() {
            return values[count];
        }

        int[] build() {
            int[] built = values;
            values = new int[16];
            count = 0;
            return built;
        }
    }

    static final class Struct extends JsonColumn {
        private final JsonColumn[] fields;
        private final Map<String, Integer> ordinals = new HashMap<>();
        private final Presence presence = new Presence();

        Struct(StructType type, TextTimes times) {
            this(
                    type.fields().stream()
                            .map(field -> of(field.type(), times))
                            .toArray(JsonColumn[]::new),
                    names(type));
        }

        Struct(JsonColumn[] fields, List<String> names) {
            this.fields = fields;
            for (int i = 0; i < names.size(); i++) {
                if (fields[i] != null) {
                    ordinals.putIfAbsent(names.get(i), i);
                }
            }
        }

        private static List<String> names(StructType type) {
            return type.fields().stream().map(StructField::name).toList();
        }

        @Override
        boolean append(JsonParser parser, byte[] source) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                appendNull();
                return true;
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                return mismatch(parser);
            }
            int row = presence.length();
            boolean good = true;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                Integer ordinal = ordinals.get(parser.currentName());
                parser.nextToken();
                if (ordinal == null) {
                    parser.skipChildren();
                    continue;
                }
                JsonColumn field = fields[ordinal];
                // Of a key that comes twice, the last value counts.
                field.truncate(row);
                good &= field.append(parser, source);
            }
            complete(row);
            presence.add(true);
            return good;
        }

        /// Nulls for the fields that the object did not have.
        private void complete(int row) {
            for (JsonColumn field : fields) {
                if (field != null && field.length() == row) {
                    field.appendNull();
                }
            }
        }

        @Override
        void appendNull() {
            complete(presence.length());
            presence.add(false);
        }

        @Override
        int length() {
            return presence.length();
        }

        @Override
        void truncate(int length) {
            presence.truncate(Math.min(length, presence.length()));
            for (JsonColumn field : fields) {
                if (field != null && field.length() > length) {
                    field.truncate(length);
                }
            }
        }

        /// The columns of the fields; null where there is none.
        Vector[] buildFields() {
            Vector[] vectors = new Vector[fields.length];
            for (int i = 0; i < fields.length; i++) {
                vectors[i] = fields[i] == null ? null : fields[i].build();
            }
            return vectors;
        }

        @Override
        Vector build() {
            int length = presence.length();
            Vector[] vectors = buildFields();
            return new StructVector(vectors, length, presence.build());
        }

        void forgetPresence() {
            presence.build();
        }
    }

    static final class Array extends JsonColumn {
        private final JsonColumn elements;
        private final Offsets offsets = new Offsets();
        private final Presence presence = new Presence();

        Array(JsonColumn elements) {
            this.elements = elements;
        }

        @Override
        boolean append(JsonParser parser, byte[] source) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                appendNull();
                return true;
            }
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                return mismatch(parser);
            }
            boolean good = true;
            boolean structs = elements instanceof Struct;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                good &= elements.append(parser, source);
            }
            if (!good && !structs) {
                elements.truncate(offsets.last());
                appendNull();
                return false;
            }
            offsets.add(elements.length());
            presence.add(true);
            return good;
        }

        @Override
        void appendNull() {
            offsets.add(elements.length());
            presence.add(false);
        }

        @Override
        int length() {
            return presence.length();
        }

        @Override
        void truncate(int length) {
            if (length < presence.length()) {
                presence.truncate(length);
                offsets.truncate(length);
            }
            // An element that was begun when the text broke off goes too.
            elements.truncate(offsets.last());
        }

        @Override
        Vector build() {
            int length = presence.length();
            return new ListVector(offsets.build(), elements.build(), length, presence.build());
        }
    }

    static final class Entries extends JsonColumn {
        private final TextColumn keys;
        private final JsonColumn values;
        private final Offsets offsets = new Offsets();
        private final Presence presence = new Presence();

        Entries(TextColumn keys, JsonColumn values) {
            this.keys = keys;
            this.values = values;
        }

        @Override
        boolean append(JsonParser parser, byte[] source) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                appendNull();
                return true;
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                return mismatch(parser);
            }
            boolean good = true;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                keys.appendText(parser.currentName());
                parser.nextToken();
                good &= values.append(parser, source);
            }
            if (!good && !(values instanceof Struct)) {
                keys.truncate(offsets.last());
                values.truncate(offsets.last());
                appendNull();
                return false;
            }
            offsets.add(keys.length());
            presence.add(true);
            return good;
        }

        @Override
        void appendNull() {
            offsets.add(keys.length());
            presence.add(false);
        }

        @Override
        int length() {
            return presence.length();
        }

        @Override
        void truncate(int length) {
            if (length < presence.length()) {
                presence.truncate(length);
                offsets.truncate(length);
            }
            keys.truncate(Math.min(keys.length(), offsets.last()));
            values.truncate(offsets.last());
        }

        @Override
        Vector build() {
            int length = presence.length();
            return new MapVector(
                    offsets.build(), keys.build(), values.build(), length, presence.build());
        }
    }
}

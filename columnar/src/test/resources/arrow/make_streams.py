"""Writes the Arrow streams that ArrowStreamReaderTest reads. Run in this folder with pyarrow installed."""

import datetime as dt
import decimal

import pyarrow as pa


def rows() -> pa.Table:
    """One column per Arrow type that Troupe accepts, three rows each, the last one null."""
    zone = dt.timezone.utc
    moment = dt.datetime(2024, 2, 29, 12, 34, 56, 789000)
    columns = {
        "i8": pa.array([1, -2, None], pa.int8()),
        "u8": pa.array([1, 255, None], pa.uint8()),
        "i16": pa.array([1, -2, None], pa.int16()),
        "u32": pa.array([1, 4294967295, None], pa.uint32()),
        "u64": pa.array([1, 18446744073709551615, None], pa.uint64()),
        "i64": pa.array([1, -2, None], pa.int64()),
        "f16": pa.array([1.5, -2.0, None], pa.float32()).cast(pa.float16()),
        "f32": pa.array([1.5, -2.0, None], pa.float32()),
        "f64": pa.array([1.5, -2.0, None], pa.float64()),
        "flag": pa.array([True, False, None], pa.bool_()),
        "text": pa.array(["a", "ünï", None], pa.string()),
        "large": pa.array(["a", "bcd", None], pa.large_string()),
        "bin": pa.array([b"a", b"\x00\xff", None], pa.binary()),
        "fixed": pa.array([b"ab", b"cd", None], pa.binary(2)),
        "day": pa.array([dt.date(1969, 12, 31), dt.date(2024, 2, 29), None], pa.date32()),
        "day64": pa.array([dt.date(1969, 12, 31), dt.date(2024, 2, 29), None], pa.date64()),
        "ts_s": pa.array([moment.replace(microsecond=0), dt.datetime(1969, 12, 31, 23, 59, 59), None], pa.timestamp("s")),
        "ts_ns": pa.array([1_500, -1, None], pa.timestamp("ns")),
        "ts_utc": pa.array([moment.replace(tzinfo=zone), moment.replace(tzinfo=zone), None], pa.timestamp("ms", "UTC")),
        "time": pa.array([dt.time(1, 2, 3), dt.time(23, 59, 59), None], pa.time32("s")),
        "span": pa.array([dt.timedelta(days=1), dt.timedelta(microseconds=-1), None], pa.duration("us")),
        "d9": pa.array([decimal.Decimal("1.23"), decimal.Decimal("-9999999.99"), None], pa.decimal128(9, 2)),
        "d38": pa.array([decimal.Decimal("1.23"), decimal.Decimal("-1" + "0" * 30 + ".01"), None], pa.decimal128(38, 2)),
        "coded": pa.array(["x", "y", None], pa.string()).dictionary_encode(),
        "list": pa.array([[1, None], [], None], pa.list_(pa.int32())),
        "fixed_list": pa.array([[1, 2], [3, None], None], pa.list_(pa.int32(), 2)),
        "struct": pa.array([{"a": 1, "b": "x"}, {"a": None, "b": None}, None], pa.struct([("a", pa.int32()), ("b", pa.string())])),
        "map": pa.array([[("k", 1)], [], None], pa.map_(pa.string(), pa.int64())),
        "none": pa.nulls(3),
    }
    return pa.table(columns)


def write(name: str, table: pa.Table, **options: object) -> None:
    with pa.OSFile(name, "wb") as sink, pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(**options)) as out:
        out.write_table(table)


if __name__ == "__main__":
    write("all.arrows", rows())
    write("zstd.arrows", rows(), compression="zstd")
    write("lz4.arrows", rows(), compression="lz4")
    write("sliced.arrows", pa.concat_tables([rows(), rows()]).slice(1, 4))
    write("view.arrows", pa.table({"v": pa.array(["a"], pa.string_view())}))

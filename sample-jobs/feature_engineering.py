"""Features for a model, from raw measurements: built-in functions where they do, pandas where they do not.

feature_engineering.py [FOLDER TO WRITE THE FEATURES TO]
"""

import sys

import pandas as pd
from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql.types import DoubleType

SENSORS = 40
ROWS = 40_000


def measurements(spark):
    """Each sensor's readings over time, some missing, some absurd."""
    number = F.col("id")
    wave = F.sin(number / 50.0) * 10 + (number % 17) / 4.0
    return spark.range(ROWS).select(
        (number % SENSORS).cast("int").alias("sensor"),
        F.timestamp_seconds(1_700_000_000 + F.floor(number / SENSORS) * 60).alias("time"),
        F.when(number % 101 == 0, F.lit(None))
        .when(number % 499 == 0, F.lit(9_999.0))
        .otherwise(F.round(wave, 3))
        .alias("value"),
        F.element_at(F.array(F.lit("a"), F.lit("b"), F.lit("ç"), F.lit(None)), (number % 4 + 1).cast("int")).alias(
            "kind"
        ),
    )


@F.pandas_udf(DoubleType())
def clipped(values: pd.Series) -> pd.Series:
    """Absurd readings are pulled in to a fixed range, missing ones become its middle."""
    return values.clip(lower=-20.0, upper=20.0).fillna(0.0)


@F.pandas_udf(DoubleType())
def halflife_mean(values: pd.Series) -> float:
    """An aggregate that SQL does not have: the exponentially weighted mean, newest last."""
    return float(values.ewm(halflife=5).mean().iloc[-1])


def standardised(frame: pd.DataFrame) -> pd.DataFrame:
    """One sensor's readings as distances from its own mean, in its own deviations."""
    spread = frame["value"].std()
    scaled = (frame["value"] - frame["value"].mean()) / (spread if spread else 1.0)
    return frame.assign(value=scaled.round(6))


def main():
    spark = (
        SparkSession.builder.appName("feature engineering").config("spark.sql.session.timeZone", "UTC").getOrCreate()
    )
    clean = measurements(spark).withColumn("value", clipped("value"))

    hour = Window.partitionBy("sensor").orderBy("time").rowsBetween(-59, 0)
    before = Window.partitionBy("sensor").orderBy("time")
    features = (
        clean.withColumn("mean_60", F.round(F.avg("value").over(hour), 6))
        .withColumn("top_60", F.max("value").over(hour))
        .withColumn("change", F.round(F.col("value") - F.lag("value").over(before), 6))
        .withColumn("hour_of_day", F.hour("time"))
        .withColumn("kind_code", F.coalesce(F.ascii("kind") - F.ascii(F.lit("a")), F.lit(-1)))
    )
    print("Features of the first sensor")
    features.filter("sensor = 0").orderBy("time").show(8)

    print("Per sensor")
    per_sensor = clean.groupBy("sensor").agg(
        F.count("*").alias("readings"),
        F.round(F.avg("value"), 6).alias("mean"), F.round(F.stddev("value"), 6).alias("deviation"),
        F.round(F.percentile_approx("value", 0.5), 6).alias("median"),
    )  # fmt: skip
    per_sensor.orderBy("sensor").show(5)

    print("Weighted means of each kind, over readings in order")
    ordered = clean.filter("sensor < 4").orderBy("time", "sensor").coalesce(1)
    ordered.groupBy("kind").agg(F.round(halflife_mean("value"), 3).alias("weighted")).orderBy("kind").show()

    print("Standardised by pandas")
    scaled = clean.select("sensor", "value").groupBy("sensor").applyInPandas(standardised, "sensor int, value double")
    scaled.groupBy("sensor").agg(
        F.round(F.avg("value"), 3).alias("mean"), F.round(F.stddev("value"), 3).alias("deviation")
    ).withColumn("mean", F.abs("mean")).orderBy("sensor").show(5)

    if len(sys.argv) > 1:
        features.write.mode("overwrite").partitionBy("sensor").parquet(sys.argv[1])
        print(f"{spark.read.parquet(sys.argv[1]).count()} rows of features written")
    spark.stop()


if __name__ == "__main__":
    main()

#!/usr/bin/env bash
# Writes down what the sample jobs print under real PySpark 4.2: record.sh PYTHON-WITH-PYSPARK [JOB ...] (JAVA_HOME as PySpark likes it).
# Python functions travel the older way (pickles): the newer one hangs now and then on two cores.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
jobs=$here/../../../sample-jobs
python=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TMPDIR=$work TZ=UTC PYSPARK_PYTHON=$python PYSPARK_SUBMIT_ARGS='--master local[2] --conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=2 --conf spark.sql.execution.pythonUDF.arrow.enabled=false pyspark-shell'
cd "$work"
for job in "${@:-sales_report web_sessions word_count feature_engineering jvm_vs_python page_rank}"; do
    for name in $job; do
        timeout 150 "$python" "$jobs/$name.py" >"$here/expected/$name.txt" 2>"$work/$name.err" || { tail -20 "$work/$name.err"; exit 1; }
    done
done

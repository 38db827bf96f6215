package io.troupe.console.finding;

import io.troupe.console.model.OperatorFigures;
import io.troupe.console.model.StageModel;
import io.troupe.console.model.TaskMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A scan of many files with little in each.
final class SmallFilesRule implements Rule {
    private static final Pattern FILES = Pattern.compile("\\] Files: (\\d{1,9})\\b");
    private static final int LEAST_FILES = 100;
    private static final long MOST_BYTES = 1L << 20;
    private static final double NANOS_PER_FILE = 2e6;

    @Override
    public String name() {
        return "smallFiles";
    }

    @Override
    public List<Finding> look(QueryFacts facts) {
        List<Finding> found = new ArrayList<>();
        for (OperatorFigures scan : facts.figures()) {
            StageModel stage = facts.stageOf(scan);
            Matcher files = FILES.matcher(scan.operator().text());
            if (stage != null && scan.operator().name().equals("FileScan") && files.find()) {
                long number = Long.parseLong(files.group(1));
                long bytes = stage.sum(TaskMetric.INPUT_BYTES);
                if (number >= LEAST_FILES && bytes > 0 && bytes / number < MOST_BYTES) {
                    found.add(finding(scan, stage, number, bytes));
                }
            }
        }
        return found;
    }

    private Finding finding(OperatorFigures scan, StageModel stage, long files, long bytes) {
        return Finding.ofStage(
                this,
                stage,
                files * NANOS_PER_FILE,
                new Finding.Text(
                        "Small files: " + Words.count(files) + " of them in one scan",
                        "The scan"
                                + Words.at(scan.operator())
                                + " opened "
                                + Words.count(files)
                                + " files and read "
                                + Words.bytes(bytes / files)
                                + " of each (below "
                                + Words.bytes(MOST_BYTES)
                                + ").",
                        "write the data anew in fewer files: coalesce("
                                + (bytes / (128 * MOST_BYTES) + 1)
                                + ") before the write that makes them"));
    }
}

package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.TaskFailure;

/// Why jobs end without a result that their tasks are not to blame for.
final class DagFailures {
    private DagFailures() {}

    static TaskFailure inputsUnreadable(
            StageSpec stage, int attempts, TaskFailure.FetchFailure last) {
        String what = stage.id() + " could not read its inputs in " + attempts + " attempts";
        return new TaskFailure.GivenUp(what, last);
    }

    static TaskFailure resultBegun(StageSpec stage) {
        String what =
                "outputs of "
                        + stage.id()
                        + ", which gives other rows when it runs again, were lost"
                        + " after a part of the result had been delivered";
        return new TaskFailure.GivenUp(what, new TaskFailure.Cancelled("result already begun"));
    }

    static TaskFailure inputReleased(StageSpec stage, Object input) {
        return new TaskFailure.Cancelled(input + ", which " + stage.id() + " reads, was released");
    }
}

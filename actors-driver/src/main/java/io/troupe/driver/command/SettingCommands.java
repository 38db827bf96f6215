package io.troupe.driver.command;

import io.troupe.planner.command.SettingCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// SET and RESET of settings.
final class SettingCommands {
    private final CommandSession session;

    SettingCommands(CommandSession session) {
        this.session = session;
    }

    Answer run(SettingCommand command) {
        return switch (command) {
            case SettingCommand.Set set -> {
                session.set(set.key(), set.value());
                yield pair(set.key(), set.value());
            }
            case SettingCommand.Show show -> show(show);
            case SettingCommand.Reset reset -> {
                if (reset.key() == null) {
                    session.settings().keySet().forEach(session::unset);
                } else {
                    session.unset(reset.key());
                }
                yield Answer.NOTHING;
            }
            default -> throw new IllegalStateException("not about settings: " + command);
        };
    }

    private Answer show(SettingCommand.Show show) {
        if (show.key() != null) {
            String value = session.setting(show.key());
            return pair(show.key(), value == null ? "<undefined>" : value);
        }
        List<List<Object>> rows = new ArrayList<>();
        new TreeMap<>(session.settings())
                .forEach((key, value) ->
                        rows.add(
                                show.detailed()
                                        ? List.of(key, value, "", "")
                                        : List.of(key, value)));
        return new Answer.Rows(
                show.detailed()
                        ? Answer.schema("key", "value", "meaning", "Since version")
                        : Answer.schema("key", "value"),
                rows);
    }

    private static Answer pair(String key, String value) {
        return new Answer.Rows(Answer.schema("key", "value"), List.of(List.of(key, value)));
    }
}

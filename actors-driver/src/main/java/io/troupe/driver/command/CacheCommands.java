package io.troupe.driver.command;

import io.troupe.planner.catalog.CatalogEntry;
import io.troupe.planner.command.CacheCommand;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.List;
import java.util.Map;

/// CACHE, UNCACHE and REFRESH.
final class CacheCommands {
    private final CommandSession session;
    private final TableNames names;

    CacheCommands(CommandSession session, TableNames names) {
        this.session = session;
        this.names = names;
    }

    Answer run(CacheCommand command) {
        switch (command) {
            case CacheCommand.Cache cache -> cache(cache);
            case CacheCommand.Uncache uncache -> {
                if (session.catalog().lookup(uncache.name()) != null) {
                    session.uncache(plan(uncache.name()));
                } else if (!uncache.ifExists()) {
                    throw CommandErrors.noTable(
                            uncache.name(), session.catalog().currentDatabase());
                }
            }
            case CacheCommand.Clear ignored -> session.uncacheAll();
            case CacheCommand.RefreshTable refresh -> {
                TableRecord table = names.find(refresh.name());
                if (table == null && session.catalog().lookup(refresh.name()) == null) {
                    throw CommandErrors.noTable(
                            refresh.name(), session.catalog().currentDatabase());
                }
                if (table != null && !table.isView()) {
                    session.refresh(table.location());
                }
            }
            case CacheCommand.RefreshPath refresh ->
                    session.refresh(Locations.path(refresh.path()).toString());
            case CacheCommand.RefreshFunction refresh -> {
                if (!session.catalog()
                                .sqlFunctions()
                                .containsKey(Warehouse.key(refresh.name().getLast()))
                        && !SystemFunctionList.descriptions()
                                .containsKey(Warehouse.key(refresh.name().getLast()))) {
                    throw CommandErrors.noRoutine(refresh.name());
                }
            }
        }
        return Answer.NOTHING;
    }

    private LogicalPlan plan(List<String> name) {
        return session.analyze(new ParsedPlan.Table(name, Map.of()));
    }

    private void cache(CacheCommand.Cache command) {
        if (command.query() != null) {
            String name = command.name().getLast();
            if (session.catalog().temporaryViews().containsKey(Warehouse.key(name))) {
                throw CommandErrors.temporaryViewExists(name);
            }
            session.catalog()
                    .putTemporaryView(
                            name,
                            new CatalogEntry.TemporaryView(
                                    List.of(name), session.analyze(command.query())));
        }
        String level =
                command.options().entrySet().stream()
                        .filter(option -> option.getKey().equalsIgnoreCase("storageLevel"))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse("MEMORY_AND_DISK");
        session.cache(plan(command.name()), level, command.lazy());
    }
}

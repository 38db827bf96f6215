package io.troupe.driver.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

/// Loads the decision classes and the simulator anew, one of them with a bug.
final class BuggyWorld extends ClassLoader {
    private static final List<String> OWN =
            List.of(
                    "io.troupe.driver.schedule.",
                    "io.troupe.driver.shuffle.",
                    "io.troupe.driver.simulation.",
                    "io.troupe.driver.job.Recruit",
                    "io.troupe.driver.node.HostDecisions",
                    "io.troupe.executor.TaskLedger");

    private final Bug bug;

    BuggyWorld(Bug bug) {
        super(BuggyWorld.class.getClassLoader());
        this.bug = bug;
    }

    /// Plays a run of the usual settings, or a peaceful one.
    ///
    /// @return the rule that was broken, or null
    String play(long seed, boolean peaceful) throws ReflectiveOperationException {
        Class<?> settings = loadClass(SimulationSettings.class.getName());
        Method run = loadClass(Simulation.class.getName()).getMethod("run", long.class, settings);
        try {
            run.invoke(null, seed, settings.getField(peaceful ? "PEACEFUL" : "SMALL").get(null));
            return null;
        } catch (InvocationTargetException e) {
            return String.valueOf(e.getCause().getMessage());
        }
    }

    /// Plays a run that breaks a rule once more, step by step.
    ///
    /// @return its steps, and the rule
    String explain(long seed) throws ReflectiveOperationException {
        Class<?> settings = loadClass(SimulationSettings.class.getName());
        Class<?> violation = loadClass(SimulationViolation.class.getName());
        Object told =
                loadClass(Simulation.class.getName())
                        .getMethod("explain", long.class, settings)
                        .invoke(null, seed, settings.getField("SMALL").get(null));
        return violation.getMethod("story").invoke(told)
                + violation.getMethod("getMessage").invoke(told).toString();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (OWN.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? define(name) : known;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            byte[] used =
                    bug != null && name.equals(bug.owner().getName()) ? bug.putInto(bytes) : bytes;
            return defineClass(name, used, 0, used.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}

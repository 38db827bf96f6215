package io.troupe.driver;

import io.troupe.driver.schedule.SchedulingPolicy.Pool;
import io.troupe.planner.error.TroupeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// Reads pools from an allocation file of Spark's form: `<allocations><pool name="…">` with
/// `schedulingMode`, `weight` and `minShare`, each of which may be missing.
final class FairPools {
    private static final long MAX_BYTES = 1 << 20;

    private FairPools() {}

    /// @throws TroupeException if the file cannot be read or is no such file
    static List<Pool> read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw invalid(file, "it is larger than " + MAX_BYTES + " bytes", null);
            }
            NodeList found = parser().parse(file.toFile()).getElementsByTagName("pool");
            List<Pool> pools = new ArrayList<>();
            for (int i = 0; i < found.getLength(); i++) {
                pools.add(pool((Element) found.item(i)));
            }
            return pools;
        } catch (IOException
                | SAXException
                | ParserConfigurationException
                | IllegalArgumentException e) {
            throw invalid(file, e.getMessage(), e);
        }
    }

    /// Documents cannot name other files or define entities.
    private static DocumentBuilder parser() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder;
    }

    private static Pool pool(Element element) {
        String name = element.getAttribute("name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a pool has no name");
        }
        return new Pool(
                name,
                text(element, "schedulingMode", "FIFO").equalsIgnoreCase("FAIR"),
                number(element, "weight", 1),
                number(element, "minShare", 0));
    }

    private static int number(Element pool, String tag, int otherwise) {
        String text = text(pool, tag, String.valueOf(otherwise));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    tag + " of pool " + pool.getAttribute("name") + " is no number: " + text, e);
        }
    }

    private static String text(Element pool, String tag, String otherwise) {
        NodeList found = pool.getElementsByTagName(tag);
        String text = found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
        return text.isEmpty() ? otherwise : text;
    }

    private static TroupeException invalid(Path file, String why, Exception cause) {
        TroupeException error =
                new TroupeException(
                        TroupeException.Kind.IllegalArgumentException,
                        "INVALID_CONF_VALUE",
                        "22022",
                        "spark.scheduler.allocation.file " + file + " cannot be used: " + why,
                        Map.of(
                                "confName",
                                "spark.scheduler.allocation.file",
                                "confValue",
                                file.toString()));
        error.initCause(cause);
        return error;
    }
}

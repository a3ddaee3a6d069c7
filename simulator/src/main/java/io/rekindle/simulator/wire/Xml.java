package io.rekindle.simulator.wire;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Answers that are XML: read, altered and written again. */
public final class Xml {
  private Xml() {}

  public static Document parse(String text) {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(text)));
    } catch (SAXException | IOException | ParserConfigurationException unreadable) {
      throw new IllegalArgumentException("This is no XML: " + text, unreadable);
    }
  }

  public static String print(Node node) {
    try {
      StringWriter text = new StringWriter();
      TransformerFactory.newDefaultInstance()
          .newTransformer()
          .transform(new DOMSource(node), new StreamResult(text));
      return text.toString();
    } catch (TransformerException unwritable) {
      throw new IllegalStateException(unwritable);
    }
  }

  /** All elements of that name, at any depth. */
  public static List<Element> all(Document in, String name) {
    return elements(in.getElementsByTagName(name)).toList();
  }

  public static Stream<Element> within(Element element, String name) {
    return elements(element.getElementsByTagName(name));
  }

  public static Optional<Element> child(Element of, String name) {
    return elements(of.getChildNodes()).filter(each -> each.getTagName().equals(name)).findFirst();
  }

  /** The text of a child; empty when there is none. */
  public static String text(Element of, String name) {
    return child(of, name).map(Element::getTextContent).orElse("");
  }

  public static void set(Element in, String name, String value) {
    Element child = child(in, name).orElseGet(() -> added(in, name));
    child.setTextContent(value);
  }

  public static void remove(Element from, String name) {
    child(from, name).ifPresent(from::removeChild);
  }

  public static Element added(Element to, String name) {
    Element child = to.getOwnerDocument().createElement(name);
    to.appendChild(child);
    return child;
  }

  public static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static Stream<Element> elements(NodeList nodes) {
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(Element.class::isInstance)
        .map(Element.class::cast);
  }
}

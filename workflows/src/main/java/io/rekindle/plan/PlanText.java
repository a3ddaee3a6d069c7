package io.rekindle.plan;

import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Node.ScalarType;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * YAML into nodes with places. Built on the parser's events and not on its loader, because a plan
 * comes from people in a hurry: aliases are counted as often as they are used, depth is bounded,
 * and a key written twice is a mistake with a place and not the last one winning.
 */
final class PlanText {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(PlanReader.LARGEST).build();
  private static final int DEEPEST = 40;
  private static final String TOO_DEEP = "nested more than " + DEEPEST + " levels deep";
  private static final long MOST_NODES = 200_000;

  private final Parser parser;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Anchor, Sized> anchors = new HashMap<>();

  private record Sized(Node node, Weight weight) {}

  /**
   * What a node comes to once aliases are written out.
   *
   * @param bytes of its texts, which are never more than the file's where there are no aliases
   */
  private record Weight(long values, long bytes, int depth) {
    static Weight of(String text) {
      return new Weight(1, text.getBytes(StandardCharsets.UTF_8).length, 0);
    }

    Weight around(Weight part) {
      return new Weight(values + part.values, bytes + part.bytes, Math.max(depth, part.depth + 1));
    }
  }

  /** Ends the reading: nothing that follows could be trusted. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Problem problem;

    Unreadable(Place place, String what) {
      super(what, null, false, false);
      this.problem = Problem.at(place, "", what);
    }
  }

  /** The root, where there is one; without it there is at least one problem. */
  record Read(Optional<Node> root, List<Problem> problems) {}

  private PlanText(Parser parser) {
    this.parser = parser;
  }

  static Read read(String text) {
    PlanText reader = new PlanText(new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text)));
    try {
      Optional<Node> root = reader.document();
      return new Read(root, List.copyOf(reader.problems));
    } catch (Unreadable unreadable) {
      return reader.stoppedBy(unreadable.problem);
    } catch (MarkedYamlEngineException notYaml) {
      Place place = notYaml.getProblemMark().map(PlanText::place).orElse(Place.START);
      return reader.stoppedBy(Problem.at(place, "", "this is not YAML: " + oneLine(notYaml)));
    } catch (ReaderException notText) {
      return reader.stoppedBy(
          Problem.at(placeOf(text, notText.getPosition()), "", notText(notText.getCodePoint())));
    } catch (YamlVersionException version) {
      return reader.stoppedBy(
          Problem.at(Place.START, "", "this is not YAML 1: remove the line %YAML"));
    } catch (YamlEngineException notYaml) {
      return reader.stoppedBy(
          Problem.at(Place.START, "", "this is not YAML: " + notYaml.getMessage()));
    }
  }

  private Read stoppedBy(Problem problem) {
    problems.add(problem);
    return new Read(Optional.empty(), List.copyOf(problems));
  }

  private static String oneLine(MarkedYamlEngineException notYaml) {
    String problem = notYaml.getProblem() == null ? "unreadable" : notYaml.getProblem();
    if (problem.contains("TAB") || problem.contains("\\t")) {
      return "indent with spaces, not tabs";
    }
    String context =
        notYaml.getContext() == null || notYaml.getContext().isEmpty()
            ? ""
            : " " + notYaml.getContext();
    return (problem + context).replace('\n', ' ');
  }

  private static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static Place place(Event event) {
    return event.getStartMark().map(PlanText::place).orElse(Place.START);
  }

  private static Place placeOf(String text, int position) {
    String before = text.substring(0, Math.clamp(position, 0, text.length()));
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Place(line, before.length() - before.lastIndexOf('\n'));
  }

  private Optional<Node> document() {
    parser.next();
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      problems.add(Problem.at(Place.START, "", "the file is empty"));
      return Optional.empty();
    }
    parser.next();
    Sized root = node(0);
    parser.next();
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      throw new Unreadable(
          place(parser.peekEvent()), "a second YAML document begins here; a plan is one document");
    }
    return Optional.of(root.node());
  }

  private Sized node(int depth) {
    Event event = parser.next();
    if (depth > DEEPEST) {
      throw new Unreadable(place(event), TOO_DEEP);
    }
    if (event instanceof AliasEvent alias) {
      return aliased(alias, depth);
    }
    tag(event)
        .ifPresent(tag ->
            problems.add(
                Problem.at(
                    place(event), "", "the tag '" + tag + "' means nothing in a plan: remove it")));
    Sized sized =
        switch (event.getEventId()) {
          case SequenceStart -> items((SequenceStartEvent) event, depth);
          case MappingStart -> fields((MappingStartEvent) event, depth);
          default -> scalar((ScalarEvent) event);
        };
    bounded(sized.weight(), event);
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, sized));
    return sized;
  }

  private static void bounded(Weight weight, Event event) {
    if (weight.values() > MOST_NODES) {
      throw new Unreadable(
          place(event),
          "holds more than " + MOST_NODES + " values once its aliases are written out");
    }
    if (weight.bytes() > PlanReader.LARGEST) {
      throw new Unreadable(
          place(event),
          "is larger than 1 MiB once it is written out, aliases and all: the most a workflow can"
              + " take");
    }
  }

  private static Optional<String> tag(Event event) {
    Optional<String> tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent collection -> collection.getTag();
          default -> Optional.empty();
        };
    return tag.map(name -> name.replace("tag:yaml.org,2002:", "!!"));
  }

  private Sized aliased(AliasEvent alias, int depth) {
    Sized sized = anchors.get(alias.getAlias());
    if (sized == null) {
      throw new Unreadable(
          place(alias), "the alias *" + alias.getAlias() + " has no complete anchor above it");
    }
    if (depth + sized.weight().depth() > DEEPEST) {
      throw new Unreadable(place(alias), TOO_DEEP);
    }
    return sized;
  }

  private Sized items(SequenceStartEvent start, int depth) {
    List<Node> nodes = new ArrayList<>();
    Weight weight = Weight.of("");
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      Sized item = node(depth + 1);
      nodes.add(item.node());
      weight = weight.around(item.weight());
    }
    parser.next();
    return new Sized(new Node.Items(place(start), List.copyOf(nodes)), weight);
  }

  private Sized fields(MappingStartEvent start, int depth) {
    Map<String, Node.Field> fields = new LinkedHashMap<>();
    Weight weight = Weight.of("");
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Sized named = node(depth + 1);
      Node key = named.node();
      Sized value = node(depth + 1);
      weight = weight.around(named.weight()).around(value.weight());
      if (!(key instanceof Node.Scalar name) || name.type() == ScalarType.NOTHING) {
        throw new Unreadable(key.place(), "a key must be a plain word, found " + key.describe());
      }
      Node.Field former =
          fields.putIfAbsent(name.text(), new Node.Field(key.place(), name.text(), value.node()));
      if (former != null) {
        problems.add(
            Problem.at(
                key.place(),
                "",
                "the key '"
                    + name.text()
                    + "' is written twice; the first is at "
                    + former.place()));
      }
    }
    parser.next();
    return new Sized(new Node.Fields(place(start), List.copyOf(fields.values())), weight);
  }

  private static Sized scalar(ScalarEvent event) {
    String text = event.getValue();
    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      if (isNoText(text.codePointAt(at))) {
        throw new Unreadable(place(event), notText(text.codePointAt(at)));
      }
    }
    return new Sized(
        event.isPlain()
            ? Node.Scalar.plain(place(event), text)
            : Node.Scalar.text(place(event), text),
        Weight.of(text));
  }

  /** What an escape in quotes can smuggle in: halves of characters, and commands to terminals. */
  private static boolean isNoText(int character) {
    return (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE)
        || (Character.isISOControl(character) && character != '\n' && character != '\t');
  }

  private static String notText(int character) {
    return "this is not text: it holds the character U+%04X".formatted(character);
  }
}

package io.rekindle.plan.shape;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A piece of a plan as it was written, with the place of each part. Immutable, and never deeper
 * than the reader allows.
 */
public sealed interface Node {
  Place place();

  /** What a person sees there: {@code a list}, {@code the number 3}. */
  String describe();

  /** What an entry of a list is called: its id or name, or its number. */
  static String nameOf(Node entry, int index) {
    String number = String.valueOf(index + 1);
    return entry instanceof Fields fields
        ? fields
            .text("id")
            .or(() -> fields.text("name"))
            .filter(name -> name.length() <= 64)
            .orElse(number)
        : number;
  }

  /** One value. {@code text} is what stands there without quotes. */
  record Scalar(Place place, String text, ScalarType type, boolean quoted) implements Node {
    public static Scalar text(Place place, String text) {
      return new Scalar(place, text, ScalarType.TEXT, true);
    }

    /**
     * What a word without quotes is. A number, a flag and nothing each have one spelling; any other
     * one is a text, of which no letter is lost: {@code 012} is no number, {@code True} no flag.
     */
    public static Scalar plain(Place place, String text) {
      ScalarType type = ScalarType.ofPlain(text);
      return new Scalar(place, type == ScalarType.NOTHING ? "" : text, type, false);
    }

    /**
     * The place of the character at {@code offset} of the text, right for values written on one
     * line.
     */
    public Place placeOf(int offset) {
      return place.right(offset + (quoted ? 1 : 0));
    }

    @Override
    public String describe() {
      return switch (type) {
        case TEXT -> text.isEmpty() ? "an empty text" : "'" + shorten(text) + "'";
        case WHOLE, DECIMAL -> "the number " + shorten(text);
        case FLAG -> text;
        case NOTHING -> "nothing";
      };
    }

    private static String shorten(String text) {
      String line = text.replace('\n', ' ');
      return line.length() <= 60 ? line : line.substring(0, 57) + "...";
    }
  }

  enum ScalarType {
    TEXT,
    WHOLE,
    DECIMAL,
    FLAG,
    NOTHING;

    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]*");
    private static final Pattern NUMBER =
        Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+\\.[0-9]*|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?");

    private static ScalarType ofPlain(String text) {
      return switch (text) {
        case "", "~", "null", "Null", "NULL" -> NOTHING;
        case "true", "false" -> FLAG;
        default -> ofWord(text);
      };
    }

    private static ScalarType ofWord(String text) {
      if ("+-.0123456789".indexOf(text.charAt(0)) < 0) {
        return TEXT;
      }
      if (WHOLE_NUMBER.matcher(text).matches()) {
        return WHOLE;
      }
      return NUMBER.matcher(text).matches() ? DECIMAL : TEXT;
    }
  }

  record Items(Place place, List<Node> nodes) implements Node {
    @Override
    public String describe() {
      return nodes.isEmpty() ? "an empty list" : "a list";
    }
  }

  record Fields(Place place, List<Field> fields) implements Node {
    public Optional<Node> get(String name) {
      return field(name).map(Field::value);
    }

    public Optional<Field> field(String name) {
      for (Field field : fields) {
        if (field.name().equals(name)) {
          return Optional.of(field);
        }
      }
      return Optional.empty();
    }

    /** The fields of a field that holds a group; none where it does not. */
    public List<Field> fieldsOf(String name) {
      return get(name)
          .map(node -> node instanceof Fields group ? group.fields() : List.<Field>of())
          .orElse(List.of());
    }

    /** The text of a scalar field, for names in messages. */
    public Optional<String> text(String name) {
      return get(name)
          .flatMap(node ->
              node instanceof Scalar scalar ? Optional.of(scalar.text()) : Optional.empty());
    }

    /** The place of a field's value, or of the whole where the field was not written. */
    public Place placeOf(String name) {
      return get(name).map(Node::place).orElse(place);
    }

    @Override
    public String describe() {
      return "a group of fields";
    }
  }

  record Field(Place place, String name, Node value) {}

  /** A value that only a run will know; it fits wherever a single value may stand. */
  record Unknown(Place place) implements Node {
    @Override
    public String describe() {
      return "a value known only in a run";
    }
  }
}

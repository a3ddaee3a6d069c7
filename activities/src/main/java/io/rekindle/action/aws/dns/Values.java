package io.rekindle.action.aws.dns;

import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The values of records, written the same way whoever wrote them. */
public final class Values {
  private static final int ANY_TTL = 0;

  private Values() {}

  /**
   * Expected values as servers would answer them.
   *
   * @param type such as A
   * @throws IllegalArgumentException when a value cannot be one of that type
   */
  public static SortedSet<String> of(String type, Collection<String> expected) {
    return expected.stream()
        .map(value -> normal(type, value))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String normal(String type, String value) {
    boolean isText = type.equals(Type.string(Type.TXT)) && !value.startsWith("\"");
    String written = isText ? '"' + value.replace("\"", "\\\"") + '"' : value;
    try {
      return of(
          Record.fromString(Name.root, Type.value(type), DClass.IN, ANY_TTL, written, Name.root));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "'%s' is not the value of a record of type %s".formatted(value, type), unreadable);
    }
  }

  static String of(Record record) {
    String value = record.rdataToString();
    return switch (record.getType()) {
      case Type.CNAME, Type.NS, Type.MX, Type.SRV ->
          value.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
      default -> value;
    };
  }
}

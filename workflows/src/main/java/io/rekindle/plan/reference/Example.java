package io.rekindle.plan.reference;

import io.rekindle.plan.Binding;
import io.rekindle.plan.Kind;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.shape.Bound;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.value.RegionName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The minimal use of a kind: {@code examples/steps/<kind>.yaml}. */
public record Example(String text, Record record) {
  public static final Realm REALM = new Realm(new RegionName("us-west-2"), "123456789012", false);

  /** Empty where the file is missing; a file that does not fit its kind throws. */
  public static Optional<Example> of(Kind kind) {
    return text(kind).map(text -> new Example(text, record(kind, text)));
  }

  private static Optional<String> text(Kind kind) {
    try (InputStream in =
        Example.class.getResourceAsStream("/examples/steps/" + kind.name() + ".yaml")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Record record(Kind kind, String text) {
    Node with = PlanReader.fields(text).get("with").orElseThrow();
    Bound<Optional<Record>> bound =
        Binding.bind(kind, with, word -> new Node.Unknown(with.place()), "with");
    return bound
        .value()
        .orElseThrow(() ->
            new IllegalStateException("The example of " + kind.name() + ": " + bound.problems()));
  }
}

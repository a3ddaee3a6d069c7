package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.reference.KindPage;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.plan.step.Facts;
import io.rekindle.starter.BadInput;
import io.rekindle.starter.Console;
import io.rekindle.starter.Console.Style;
import io.rekindle.starter.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "kinds",
    description = "Lists the kinds of steps, or shows all there is to know about one.",
    mixinStandardHelpOptions = true)
final class KindsCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "A kind, or a service for all of its kinds.")
  private @Nullable String name;

  @Mixin private OutputOption output = new OutputOption();

  KindsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Kind> kinds = chosen();
    switch (output.kind) {
      case TEXT -> {
        if (name != null && kinds.size() == 1) {
          page(kinds.getFirst());
        } else {
          list(kinds);
        }
      }
      case JSON -> console.json(kinds.stream().map(KindJson::of).toList());
    }
    return ExitCode.DONE.code();
  }

  private List<Kind> chosen() {
    String wanted = name;
    if (wanted == null) {
      return Kinds.all();
    }
    Optional<Kind> one = Kinds.named(wanted);
    if (one.isPresent()) {
      return List.of(one.get());
    }
    List<Kind> service =
        Kinds.all().stream().filter(kind -> kind.service().equals(wanted)).toList();
    if (service.isEmpty()) {
      throw new BadInput(
          "There is no kind '"
              + wanted
              + "'."
              + Inputs.meant(wanted, Kinds.names())
              + " 'rekindle kinds' lists them all.");
    }
    return service;
  }

  private void list(List<Kind> kinds) {
    int names = kinds.stream().mapToInt(kind -> kind.name().length()).max().orElse(0);
    String service = "";
    for (Kind kind : kinds) {
      if (!service.isEmpty() && !service.equals(kind.service())) {
        console.line();
      }
      service = kind.service();
      String indent = " ".repeat(names + 2);
      List<String> lines = Wrap.lines(kind.summary(), console.width() - names - 2);
      console.line(
          console.styled(Style.BOLD, ("%-" + names + "s").formatted(kind.name()))
              + "  "
              + lines.getFirst());
      lines.stream().skip(1).forEach(line -> console.line(indent + line));
    }
    console.line();
    console.line(
        Console.count(kinds.size(), "kind")
            + ". 'rekindle kinds NAME' shows all there is to know about one.");
  }

  private void page(Kind kind) {
    boolean verbatim = false;
    for (String line : KindPage.of(kind).lines().toList()) {
      if (line.startsWith("```")) {
        verbatim = !verbatim;
      } else if (verbatim) {
        console.line("  " + line);
      } else if (line.startsWith("#")) {
        console.line(console.styled(Style.BOLD, line.replaceFirst("#+ ", "")));
      } else {
        String indent =
            " ".repeat(line.length() - line.replaceFirst("^ *(- |\\d+\\. )?", "").length());
        List<String> lines = Wrap.lines(line.replace("`", ""), console.width() - indent.length());
        console.line(lines.getFirst());
        lines.stream().skip(1).forEach(rest -> console.line(indent + rest));
      }
    }
  }

  private record KindJson(
      String name,
      String says,
      String role,
      String scope,
      String plane,
      String guard,
      String undo,
      String drill,
      String budget,
      List<FieldJson> fields,
      List<ChangeJson> changes,
      List<OutputJson> outputs) {
    static KindJson of(Kind kind) {
      Facts facts = kind.facts();
      return new KindJson(
          kind.name(),
          facts.says(),
          Shapes.word(facts.role()),
          Shapes.word(facts.scope()),
          Shapes.word(facts.plane()),
          Shapes.word(facts.guard()),
          Shapes.word(facts.undo()),
          Shapes.word(facts.drill()),
          facts.budget(),
          kind.fields().fields().stream()
              .map(slot ->
                  new FieldJson(
                      slot.name(),
                      slot.says(),
                      slot.shape().noun(),
                      slot.required(),
                      slot.byDefault().orElse(null)))
              .toList(),
          kind.changes().stream().map(ChangeJson::of).toList(),
          kind.outputs().stream()
              .map(each -> new OutputJson(each.name(), each.says(), each.like()))
              .toList());
    }
  }

  private record FieldJson(
      String name, String says, String takes, boolean required, @Nullable String byDefault) {}

  private record ChangeJson(
      String name, String does, long min, long likely, long max, String source) {
    static ChangeJson of(Kind.Change change) {
      return new ChangeJson(
          change.name(),
          change.does(),
          change.lasts().min().toSeconds(),
          change.lasts().likely().toSeconds(),
          change.lasts().max().toSeconds(),
          change.lasts().source());
    }
  }

  private record OutputJson(String name, String says, String like) {}
}

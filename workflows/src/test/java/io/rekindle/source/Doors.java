package io.rekindle.source;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where Rekindle tells people that something failed or is refused. A door is the plain name of what
 * is called: {@code refused} of anything, {@code problems.add}, {@code new Stuck}; or {@code return
 * why}, for what methods of that name or type return.
 */
final class Doors {
  static final List<String> ALL =
      List.of(
          // plans, and what runs are started with
          "Problem.at",
          "refuse",
          "unreadable",
          "problems.add",
          "return Optional<String>",
          "new Unreadable",
          "new Malformed",
          "new Suggesting",
          "new IllegalArgumentException",
          // runs
          "obeyed",
          "refused",
          "return leadsTo",
          "News.ended",
          "blocked",
          "book.end",
          "new Ruling",
          "new Stuck",
          "new Unfenced",
          "setMessage",
          "over",
          "new Evidence",
          // handlers
          "lasting",
          "passing",
          "inProgress",
          "underWay",
          "unknown",
          "return unknown",
          "return it",
          "return why",
          "return remedy",
          "return ownerOf",
          "lacks.add",
          "said",
          "Evidence.none",
          "Evidence.failing",
          "new Trouble",
          "new Broken",
          "new Foreign",
          "new None",
          "new Readiness",
          "new Silence",
          "new Seen",
          "Map.of",
          // the command line and the worker
          "complain",
          "answer",
          "super",
          "LOG.info",
          "LOG.warn",
          "expect",
          "println",
          "new BadInput",
          "new Unreachable",
          "new StackFailure",
          "new CannotStart",
          "new Exit");

  private Doors() {}

  /** The door that this is, if it is one. */
  static Optional<String> at(Tree tree) {
    return names(tree).filter(ALL::contains).findFirst();
  }

  private static Stream<String> names(Tree tree) {
    return switch (tree) {
      case MethodInvocationTree called -> names(Call.of(called));
      case NewClassTree made -> Stream.of("new " + Call.lastWord(made.getIdentifier()));
      case MethodTree method ->
          Stream.of("return " + method.getName(), "return " + method.getReturnType());
      default -> Stream.of();
    };
  }

  private static Stream<String> names(Call call) {
    return Stream.concat(
        Stream.of(call.name()),
        call.of().stream().map(of -> Call.lastWord(of) + "." + call.name()));
  }
}

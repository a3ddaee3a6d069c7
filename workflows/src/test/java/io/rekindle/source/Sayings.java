package io.rekindle.source;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sentences that an expression may become: through both ways of a condition, through variables,
 * constants and methods that return a text.
 *
 * @param depth how often a name may still be looked up
 */
record Sayings(Library library, Spot spot, int depth) {
  private static final int DEEPEST = 3;

  static Sayings in(Spot spot, Library library) {
    return new Sayings(library, spot, DEEPEST);
  }

  Stream<Said> of(Tree tree) {
    return switch (tree) {
      case LiteralTree literal -> said(literal);
      case BinaryTree sum -> said(sum);
      case ParenthesizedTree inner -> of(inner.getExpression());
      case ConditionalExpressionTree either ->
          ofAll(List.of(either.getTrueExpression(), either.getFalseExpression()));
      case SwitchExpressionTree choice -> choice.getCases().stream().flatMap(this::ofCase);
      case LambdaExpressionTree lambda -> ofBody(lambda.getBody());
      case IdentifierTree name when depth > 0 ->
          spot.givenTo(name.getName().toString()).stream().flatMap(deeper(spot)::of);
      case MethodInvocationTree call -> ofCall(call, Call.of(call));
      default -> Stream.of();
    };
  }

  private Stream<Said> ofCase(CaseTree each) {
    return each.getBody() == null ? Stream.of() : ofBody(each.getBody());
  }

  private Stream<Said> ofBody(Tree body) {
    return body instanceof ExpressionTree ? of(body) : ofAll(Spot.answers(body));
  }

  private Stream<Said> ofAll(List<? extends Tree> trees) {
    return trees.stream().flatMap(this::of);
  }

  private Stream<Said> ofCall(MethodInvocationTree tree, Call call) {
    return switch (call.nameOfMember()) {
      case "formatted" -> said(tree);
      case "orElse", "orElseGet", "or" -> Stream.concat(of(call.receiver()), ofAll(call.with()));
      case "get", "orElseThrow", "filter", "strip" -> of(call.receiver());
      case "map", "flatMap", "of", "ofNullable", "getOrDefault" -> ofAll(call.with());
      default ->
          depth == 0
              ? Stream.of()
              : library.meant(call.name(), spot).stream()
                  .flatMap(method -> deeper(method).ofAll(method.answers()));
    };
  }

  private Stream<Said> said(Tree tree) {
    return Stream.of(Said.by(spot, new Wording(library, spot, DEEPEST).of(tree)));
  }

  private Sayings deeper(Spot next) {
    return new Sayings(library, next, depth - 1);
  }
}

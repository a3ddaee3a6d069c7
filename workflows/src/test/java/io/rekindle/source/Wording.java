package io.rekindle.source;

import static java.util.stream.Collectors.joining;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How an expression reads: {@code {name}} where something is filled in, {@code [one | another]}
 * where it depends.
 *
 * @param depth how often a name may still be looked up
 */
record Wording(Library library, Spot spot, int depth) {
  private static final Pattern NAME = Pattern.compile("\\{[^{}]*}");
  private static final Pattern PLACEHOLDER = Pattern.compile("%[^a-zA-Z%]*[a-zA-Z%]");
  private static final Pattern CHOICE = Pattern.compile("^\\[([^\\[\\]]*)]$");
  private static final int MOST_CHOICES = 3;
  private static final int LONGEST_CHOICE = 140;

  /** Without names and choices. */
  static String plain(String sentence) {
    return NAME.matcher(sentence).replaceAll("").replace(" | ", "");
  }

  String of(Tree tree) {
    return switch (tree) {
      case LiteralTree literal -> String.valueOf(literal.getValue()).replace("\n", " / ");
      case ParenthesizedTree inner -> of(inner.getExpression());
      case BinaryTree sum when sum.getKind() == Tree.Kind.PLUS ->
          of(sum.getLeftOperand()) + of(sum.getRightOperand());
      case ConditionalExpressionTree either ->
          choice(Stream.of(either.getTrueExpression(), either.getFalseExpression()).map(this::of));
      case LambdaExpressionTree lambda -> of(lambda.getBody());
      case IdentifierTree name -> lookedUp(name, given(name).map(deeper(spot)::of));
      case MethodInvocationTree call -> ofCall(call, Call.of(call));
      default -> "{" + Label.of(tree) + "}";
    };
  }

  private String ofCall(MethodInvocationTree tree, Call call) {
    return switch (call.nameOfMember()) {
      case "formatted" -> formatted(of(call.receiver()), call.with().iterator());
      case "orElse", "orElseGet" ->
          choice(Stream.concat(call.of().stream(), call.with().stream()).map(this::of));
      case "get", "orElseThrow", "strip" -> of(call.receiver());
      case "map" -> choice(call.with().stream().map(this::of));
      default ->
          lookedUp(
              tree,
              meant(call).flatMap(method -> method.answers().stream().map(deeper(method)::of)));
    };
  }

  private Stream<ExpressionTree> given(IdentifierTree name) {
    return depth == 0 ? Stream.of() : spot.givenTo(name.getName().toString()).stream();
  }

  private Stream<Spot> meant(Call call) {
    return depth == 0 ? Stream.of() : library.inSameFile(call.name(), spot).stream();
  }

  private Wording deeper(Spot next) {
    return new Wording(library, next, depth - 1);
  }

  /** What was found, where that says more than the name. */
  private static String lookedUp(Tree name, Stream<String> found) {
    List<String> all = found.distinct().toList();
    boolean says =
        all.size() <= MOST_CHOICES
            && all.stream().allMatch(each -> each.length() <= LONGEST_CHOICE)
            && all.stream().anyMatch(each -> says(plain(each), all.size() == 1));
    return says ? choice(all.stream()) : "{" + Label.of(name) + "}";
  }

  private static boolean says(String words, boolean only) {
    return words.matches(".*\\p{L}.*") && (only || words.contains(" "));
  }

  private static String choice(Stream<String> of) {
    List<String> all = of.distinct().toList();
    return all.size() == 1
        ? all.getFirst()
        : all.stream()
            .filter(each -> !each.isEmpty())
            .map(each -> CHOICE.matcher(each).replaceFirst("$1"))
            .collect(joining(" | ", "[", "]"));
  }

  private String formatted(String text, Iterator<? extends Tree> with) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(place ->
            Matcher.quoteReplacement(
                switch (place.group().charAt(place.group().length() - 1)) {
                  case '%' -> "%";
                  case 'n' -> "";
                  default -> with.hasNext() ? of(with.next()) : "…";
                }));
  }
}

package io.rekindle.source;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is said through the doors.
 *
 * @param doors those that are used
 */
record Sentences(Set<Said> said, Set<String> doors) {

  static Sentences of(List<SourceFile> files) {
    List<Spot> spots = files.stream().flatMap(file -> file.spots().stream()).toList();
    Library library = Library.of(spots);
    Sentences all = new Sentences(new LinkedHashSet<>(), new HashSet<>());
    spots.forEach(spot -> all.listenAt(spot, Sayings.in(spot, library)));
    return all;
  }

  private void listenAt(Spot spot, Sayings sayings) {
    enter(spot.tree(), spot.isMethod() ? Spot.answers(spot.tree()) : List.of(), sayings);
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitMethodInvocation(
          MethodInvocationTree call, @Nullable Void nothing) {
        enter(call, call.getArguments(), sayings);
        return super.visitMethodInvocation(call, nothing);
      }

      @Override
      public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void nothing) {
        enter(made, made.getArguments(), sayings);
        return super.visitNewClass(made, nothing);
      }

      @Override
      public @Nullable Void visitClass(ClassTree other, @Nullable Void nothing) {
        return null;
      }
    }.scan(spot.tree(), null);
  }

  private void enter(Tree tree, List<? extends Tree> words, Sayings sayings) {
    Doors.at(tree)
        .ifPresent(door -> {
          doors.add(door);
          words.stream().flatMap(sayings::of).filter(Said::isSentence).forEach(said::add);
        });
  }
}

package io.rekindle.run;

import io.rekindle.plan.Plan.Section;
import java.util.stream.Stream;

/** What all parts of one run share: made once. */
record Run(
    RunPlan plan,
    RunBook book,
    Calls calls,
    Actions actions,
    Notices notices,
    History history,
    Amendments amendments) {
  static Run of(RunPlan plan, RunBook book, History history, Amendments amendments) {
    Calls calls = new Calls(plan, book);
    // Messages wait for no step, and no step for messages.
    Notices notices = new Notices(plan, book, calls, new Actions(new Turns()));
    return new Run(plan, book, calls, new Actions(new Turns()), notices, history, amendments);
  }

  /** A thought of the same run by some plan: what is found out in it is not remembered. */
  Run imagined(RunPlan by) {
    RunBook copy = new RunBook(book.state());
    Stream.of(Section.values()).forEach(section -> copy.expect(by.graph(section).steps()));
    return of(by, copy, history, amendments);
  }

  /** Whether another execution is to go on with it: looks are left, and no change is begun. */
  boolean isParting() {
    return history.isTooLong() || book.meanwhile().isParting() && history.canHaveAnother();
  }

  Terms terms() {
    return plan.terms();
  }
}

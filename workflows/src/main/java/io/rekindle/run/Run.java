package io.rekindle.run;

/** What all parts of one run share: made once. */
record Run(RunPlan plan, RunBook book, Calls calls, Actions actions, Notices notices) {
  static Run of(RunPlan plan, RunBook book) {
    Calls calls = new Calls(plan, book);
    // Messages wait for no step, and no step for messages.
    Notices notices = new Notices(plan, book, calls, new Actions(new Turns()));
    return new Run(plan, book, calls, new Actions(new Turns()), notices);
  }

  Terms terms() {
    return plan.terms();
  }
}

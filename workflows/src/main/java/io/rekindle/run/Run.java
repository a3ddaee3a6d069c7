package io.rekindle.run;

/** What all parts of one run share: made once. */
record Run(RunPlan plan, RunBook book, Calls calls, Notices notices) {
  static Run of(RunPlan plan, RunBook book) {
    Calls calls = new Calls(plan, book);
    return new Run(plan, book, calls, new Notices(plan, book, calls));
  }

  Terms terms() {
    return plan.terms();
  }
}

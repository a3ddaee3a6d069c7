package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Lets another plan in while a run goes on. */
interface Amendments {
  /** For stories that keep the plan they were started with. */
  Amendments NONE =
      new Amendments() {
        @Override
        public List<String> problems(JsonNode plan) {
          return List.of("this run keeps the plan that it was started with");
        }

        @Override
        public RunPlan read(JsonNode plan) {
          throw new IllegalStateException("No other plan came in.");
        }
      };

  /** Everything that is wrong with it, whatever the run has done by now. */
  List<String> problems(JsonNode plan);

  /** A plan without problems, on the terms on which the run was started. */
  RunPlan read(JsonNode plan);
}

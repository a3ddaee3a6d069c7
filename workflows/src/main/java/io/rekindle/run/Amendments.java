package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Lets another plan in while a run goes on. */
interface Amendments {
  /** Everything that is wrong with it, whatever the run has done by now. */
  List<String> problems(JsonNode plan);

  /** A plan without problems, on the terms on which the run was started. */
  RunPlan read(JsonNode plan);
}

package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.PlanReader;
import java.util.List;

/** Admits plans that validation finds good. */
public final class PlanAdmission implements Admission {
  @Override
  public List<String> admit(JsonNode plan) {
    return PlanReader.read(plan).problems().stream()
        .map(problem -> problem.problem().sentence())
        .toList();
  }
}

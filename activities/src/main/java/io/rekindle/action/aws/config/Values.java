package io.rekindle.action.aws.config;

import static io.rekindle.action.aws.config.Parameters.value;

import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.FormerTexts;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Config;
import io.rekindle.plan.step.compute.Config.Publish.Change;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.model.Parameter;

/** The values of a step. History holds the former ones by names that only the plan knows. */
record Values(Work<Config.Publish> work) {
  private Map<String, String> wanted() {
    return work.with().values();
  }

  /** Those that are not as they should be. */
  Map<String, String> differing(Map<String, Parameter> found) {
    Map<String, String> differing = new TreeMap<>(wanted());
    differing.entrySet().removeIf(each -> each.getValue().equals(value(found, each.getKey())));
    return differing;
  }

  Due due(Map<String, Parameter> found) {
    return FormerTexts.of(wanted().keySet(), texts(found)).due(Change.VALUES);
  }

  private static Map<String, String> texts(Map<String, Parameter> found) {
    Map<String, String> texts = new TreeMap<>();
    found.forEach((name, parameter) -> texts.put(name, parameter.value()));
    return texts;
  }

  void write(Map<String, Parameter> found) {
    Parameters parameters = new Parameters(work);
    differing(found).forEach((name, value) -> parameters.put(found, name, value));
  }

  void restore(Due made) {
    FormerTexts former = FormerTexts.of(made);
    Parameters parameters = new Parameters(work);
    Map<String, Parameter> found = parameters.read(former.names());
    former
        .foreign(texts(found), wanted())
        .ifPresent(name -> {
          throw parameters.writtenBySomebodyElse("value of " + name);
        });
    former
        .values()
        .forEach((name, value) -> {
          if (!value(found, name).equals(value)) {
            parameters.put(found, name, value);
          }
        });
    parameters.delete(found, former.absent());
  }
}

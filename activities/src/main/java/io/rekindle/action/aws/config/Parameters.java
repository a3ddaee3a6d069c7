package io.rekindle.action.aws.config;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Config;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Parameters under the prefix of a step; those of a drill stand apart. */
record Parameters(Work<Config.Publish> work) {
  /** As many as AWS reads or deletes at once. */
  private static final int AT_ONCE = 10;

  private SsmClient ssm() {
    return work.client(SsmClient.class, SsmClient::builder);
  }

  String prefix() {
    String prefix = work.with().prefix();
    return work.call().drill() ? "/drill-" + work.call().key().run() + prefix : prefix;
  }

  private String path(String name) {
    return prefix() + "/" + name;
  }

  /** Those of the names that exist, by name. */
  Map<String, Parameter> read(Collection<String> names) {
    Map<String, Parameter> found = new TreeMap<>();
    for (List<String> some : portions(names)) {
      ssm()
          .getParameters(request -> request.names(some))
          .parameters()
          .forEach(each -> found.put(each.name().substring(prefix().length() + 1), each));
    }
    return found;
  }

  private List<List<String>> portions(Collection<String> names) {
    List<String> paths = names.stream().sorted().map(this::path).toList();
    List<List<String>> all = new ArrayList<>();
    for (int from = 0; from < paths.size(); from += AT_ONCE) {
      all.add(paths.subList(from, Math.min(paths.size(), from + AT_ONCE)));
    }
    return all;
  }

  /** The value of one; empty, as no value can be, where it does not exist. */
  static String value(Map<String, Parameter> found, String name) {
    return Optional.ofNullable(found.get(name)).map(Parameter::value).orElse("");
  }

  void put(Map<String, Parameter> found, String name, String value) {
    if (found.containsKey(name)) {
      overwrite(name, value);
    } else {
      create(name, value);
    }
  }

  private void overwrite(String name, String value) {
    ssm().putParameter(request -> request.name(path(name)).value(value).overwrite(true));
  }

  /** AWS takes tags only for a parameter that is new. */
  private void create(String name, String value) {
    List<Tag> tags =
        work.ownership().tags().entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    try {
      ssm()
          .putParameter(request ->
              request.name(path(name)).value(value).type(ParameterType.STRING).tags(tags));
    } catch (ParameterAlreadyExistsException whateverItHoldsTheNextLookCompares) {
      return;
    }
  }

  /** Deletes those of the names that exist. */
  void delete(Map<String, Parameter> found, Collection<String> names) {
    for (List<String> some : portions(names.stream().filter(found::containsKey).toList())) {
      ssm().deleteParameters(request -> request.names(some));
    }
  }

  ApplicationFailure writtenBySomebodyElse(String what) {
    return work.refused(
        "somebody else has written the %s under %s in %s since; it is left as it is"
            .formatted(what, prefix(), work.call().region()));
  }
}

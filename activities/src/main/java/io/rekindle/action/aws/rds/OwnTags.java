package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.data.Rds;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** The application's own tags: a restore sets them, and what is taken over may lack some. */
record OwnTags(Work<Rds.RestoreInstance> work, DBInstance instance) {
  /** Besides the changes of the kind, because a restore of its own never needs it. */
  private enum Change implements Action.Change {
    TAG
  }

  private Map<String, String> missing() {
    Map<String, String> present = Instances.tags(instance);
    return work.with().own().tags().entrySet().stream()
        .filter(tag -> !tag.getValue().equals(present.get(tag.getKey())))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  Optional<Due> due() {
    return missing().isEmpty() ? Optional.empty() : Optional.of(Due.of(Change.TAG));
  }

  /** Sets them, if that is what is due. */
  void apply(Due due) {
    Map<String, String> missing = missing();
    if (due.is(Change.TAG) && !missing.isEmpty()) {
      Instances.of(work)
          .rds()
          .addTagsToResource(request ->
              request.resourceName(instance.dbInstanceArn()).tags(Instances.tags(missing)));
    }
  }
}

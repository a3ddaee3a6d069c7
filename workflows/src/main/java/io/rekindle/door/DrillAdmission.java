package io.rekindle.door;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** The front door of drills. */
@ActivityInterface
public interface DrillAdmission {
  /** Everything that is wrong with the plan, or with what is to be drilled of it. */
  @ActivityMethod(name = "admitDrill")
  List<String> admitDrill(DrillRequest request);
}

package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.StepDriver;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/** A restored database carries the tags by which the application's backups select it. */
class OwnTagsTest extends Restoring {
  private StepDriver tagging() {
    return step(with().replace("backupRetention", "tags: { backup: 'hourly' }, backupRetention"));
  }

  private Map<String, String> tagsOf(String instance) {
    return Instances.tags(here.look(instance));
  }

  @Test
  void comeWithTheRestoreBesideRekindlesOwn() {
    given();
    tagging().settled();
    assertThat(tagsOf("orders-a1b2c3"))
        .containsEntry("backup", "hourly")
        .containsEntry("rekindle:run", "a1b2c3");
    assertThat(changes()).containsExactly("RestoreDBInstanceFromDBSnapshot", "ModifyDBInstance");
  }

  @Test
  void areOnTheSnapshotsThatOthersTakeOfIt() {
    given();
    tagging().settled();
    instantly(() -> here.snapshot("orders-a1b2c3", "by-hand"));
    assertThat(here.snapshots())
        .filteredOn(each -> each.dbSnapshotIdentifier().equals("by-hand"))
        .singleElement()
        .extracting(DBSnapshot::tagList)
        .satisfies(tags -> assertThat(Instances.tags(tags)).containsEntry("backup", "hourly"));
  }

  @Test
  void aDrillsCopyHasThemToo() {
    given();
    tagging().drill().settled();
    assertThat(tagsOf("drill-a1b2c3-orders")).containsEntry("backup", "hourly");
  }

  @Test
  void whatIsTakenOverGetsThoseThatItLacksOnce() {
    given();
    step().run("0dd0dd").settled();
    StepDriver adopting = tagging().adopting();
    adopting.apply(adopting.due());
    Due tag = (Due) adopting.look();
    assertThat(tag).isEqualTo(new Due("tag", Map.of()));
    adopting.apply(tag);
    List<String> once = changes();
    adopting.apply(tag);
    adopting.settled();
    assertThat(changes()).isEqualTo(once);
    assertThat(tagsOf("orders-0dd0dd"))
        .containsEntry("backup", "hourly")
        .containsEntry("rekindle:run", "0dd0dd");
  }
}

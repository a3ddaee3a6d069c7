package io.rekindle.simulator.fake;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A restore job of AWS Backup.
 *
 * @param token by which its start is the same however often it is sent
 * @param metadata with the names that the parameters of RDS have
 * @param begins when it stops being pending
 * @param made the ARN of what it makes; empty before it does
 */
record RestoreJob(
    String id,
    String token,
    RecoveryPoint point,
    String role,
    Map<String, String> metadata,
    Instant created,
    Instant begins,
    String status,
    String message,
    String made) {

  boolean isOver() {
    return !status.equals("PENDING") && !status.equals("RUNNING");
  }

  RestoreJob with(String nextStatus, String said, String arn) {
    return new RestoreJob(id, token, point, role, metadata, created, begins, nextStatus, said, arn);
  }

  Map<String, Object> shown() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("AccountId", point.vault().account());
    shown.put("RestoreJobId", id);
    shown.put("RecoveryPointArn", point.arn());
    shown.put("RecoveryPointCreationDate", RecoveryPoint.seconds(point.origin().created()));
    shown.put("ResourceType", point.type());
    shown.put("IamRoleArn", role);
    shown.put("CreationDate", RecoveryPoint.seconds(created));
    shown.put("Status", status);
    shown.put("PercentDone", isOver() ? "100.00%" : "0.00%");
    if (!message.isEmpty()) {
      shown.put("StatusMessage", message);
    }
    if (!made.isEmpty()) {
      shown.put("CreatedResourceArn", made);
    }
    return shown;
  }
}

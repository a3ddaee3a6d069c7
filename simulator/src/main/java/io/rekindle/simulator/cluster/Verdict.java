package io.rekindle.simulator.cluster;

import io.rekindle.simulator.wire.Json;
import java.util.Map;

/** What an API server answers: a document, or a Status that says why not. */
record Verdict(int status, String body) {
  static Verdict of(Map<String, ?> document) {
    return new Verdict(200, Json.print(document));
  }

  static Verdict refusal(int code, String reason, String message) {
    return new Verdict(
        code,
        Json.print(
            Map.of(
                "kind",
                "Status",
                "apiVersion",
                "v1",
                "metadata",
                Map.of(),
                "status",
                "Failure",
                "message",
                message,
                "reason",
                reason,
                "code",
                code)));
  }

  static Verdict unauthorized() {
    return refusal(401, "Unauthorized", "Unauthorized");
  }

  static Verdict forbidden(String user, Ask ask) {
    return refusal(
        403,
        "Forbidden",
        ("%s%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" in the"
                + " namespace \"%s\"")
            .formatted(
                ask.qualified(),
                ask.name().isEmpty() ? "" : " \"" + ask.name() + "\"",
                user,
                ask.verb(),
                ask.resource(),
                ask.group(),
                ask.namespace()));
  }

  static Verdict notFound(Ask ask) {
    return refusal(404, "NotFound", "%s \"%s\" not found".formatted(ask.qualified(), ask.name()));
  }

  static Verdict nowhere() {
    return refusal(404, "NotFound", "the server could not find the requested resource");
  }

  static Verdict conflict(Ask ask) {
    return refusal(
        409,
        "Conflict",
        ("Operation cannot be fulfilled on %s \"%s\": the object has been modified; please apply"
                + " your changes to the latest version and try again")
            .formatted(ask.qualified(), ask.name()));
  }

  static Verdict invalid(Ask ask, String why) {
    return refusal(
        422, "Invalid", "%s \"%s\" is invalid: %s".formatted(ask.qualified(), ask.name(), why));
  }

  boolean succeeded() {
    return status < 300;
  }
}

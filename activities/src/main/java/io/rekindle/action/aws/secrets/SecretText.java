package io.rekindle.action.aws.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.plan.step.data.Secrets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON in a database secret, in the form that AWS's own rotation writes. Nothing of it is ever
 * said in a failure.
 */
record SecretText(ObjectNode json) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PASSWORD = "password";
  private static final String DBNAME = "dbname";

  /** Empty when the text is not a JSON object. */
  static Optional<SecretText> read(String text) {
    try {
      return JSON.readTree(text) instanceof ObjectNode object
          ? Optional.of(new SecretText(object))
          : Optional.empty();
    } catch (JsonProcessingException whoseMessageMayHoldTheSecret) {
      return Optional.empty();
    }
  }

  static SecretText empty() {
    return new SecretText(JSON.createObjectNode());
  }

  /** The same with what belongs to the database; all other keys stay. */
  SecretText of(Database database, Secrets.SyncFromRds with, String password) {
    ObjectNode next = json.deepCopy();
    next.put("engine", with.engine() == null ? database.engine() : with.engine());
    next.put("host", database.host());
    next.put("port", database.port());
    next.put("username", database.username());
    next.put(PASSWORD, password);
    String dbname = dbname(database, with);
    if (dbname != null) {
      next.put(DBNAME, dbname);
    }
    next.remove(with.cluster() == null ? "dbClusterIdentifier" : "dbInstanceIdentifier");
    next.put(
        with.cluster() == null ? "dbInstanceIdentifier" : "dbClusterIdentifier", database.id());
    return new SecretText(next);
  }

  private @Nullable String dbname(Database database, Secrets.SyncFromRds with) {
    if (with.dbname() != null) {
      return with.dbname();
    }
    JsonNode own = json.get(DBNAME);
    return own == null || own.isNull() ? database.name() : own.asText();
  }

  Optional<String> password() {
    return Optional.ofNullable(json.get(PASSWORD)).map(JsonNode::asText);
  }

  String text() {
    return json.toString();
  }

  @Override
  public String toString() {
    return "a secret";
  }
}

package io.rekindle.starter.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody else who speaks to the simulated AWS, without the SDK, which has no place here. */
record RawAws(URI endpoint, String region) {
  private static final String SECRET = "lampstack/db";
  private static final Pattern DATABASE =
      Pattern.compile("<DBInstanceIdentifier>([^<]+)</DBInstanceIdentifier>");
  private static final Pattern GROUP =
      Pattern.compile("<VpcSecurityGroupId>([^<]+)</VpcSecurityGroupId>");
  private static final Pattern SNAPSHOT =
      Pattern.compile("<DBSnapshotIdentifier>([^<]+)</DBSnapshotIdentifier>");

  /** Every password that the application's secret holds or held. */
  List<String> passwords() {
    List<String> passwords = new ArrayList<>();
    JsonNode versions = json("ListSecretVersionIds", Map.of("SecretId", SECRET)).path("Versions");
    for (JsonNode version : versions) {
      Map<String, String> which =
          Map.of("SecretId", SECRET, "VersionId", version.path("VersionId").asText());
      String text = json("GetSecretValue", which).path("SecretString").asText();
      passwords.add(tree(text).path("password").asText());
    }
    return passwords;
  }

  /** What tasks need to use their database. */
  JsonNode secret() {
    String text = json("GetSecretValue", Map.of("SecretId", SECRET)).path("SecretString").asText();
    return tree(text);
  }

  /** A visit that comes to the database past the application. */
  void writeRow() {
    JsonNode secret = secret();
    String url =
        "jdbc:mariadb://%s:%s/%s"
            .formatted(
                secret.path("host").asText(),
                secret.path("port").asText(),
                secret.path("dbname").asText());
    try (Connection connection =
            DriverManager.getConnection(
                url, secret.path("username").asText(), secret.path("password").asText());
        Statement statement = connection.createStatement()) {
      statement.execute("insert into visits () values ()");
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  private JsonNode json(String operation, Map<String, String> fields) {
    HttpRequest.Builder request =
        to("secretsmanager")
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "secretsmanager." + operation)
            .POST(BodyPublishers.ofString(new ObjectMapper().valueToTree(fields).toString()));
    return tree(send(request));
  }

  /** How many tasks of the application shall run. */
  int desired() {
    HttpRequest.Builder request =
        to("ecs")
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "AmazonEC2ContainerServiceV20141113.DescribeServices")
            .POST(
                BodyPublishers.ofString(
                    "{\"cluster\": \"lampstack-cluster\", \"services\": [\"lampstack-service\"]}"));
    return tree(send(request)).at("/services/0/desiredCount").asInt();
  }

  /** The names of all database instances. */
  List<String> databases() {
    return within(rds(Map.of("Action", "DescribeDBInstances")), DATABASE);
  }

  /** Which security groups each database has. */
  Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new TreeMap<>();
    for (String database : databases()) {
      String described =
          rds(Map.of("Action", "DescribeDBInstances", "DBInstanceIdentifier", database));
      groups.put(database, within(described, GROUP));
    }
    return groups;
  }

  /** The names of all snapshots of databases. */
  List<String> snapshots() {
    return within(rds(Map.of("Action", "DescribeDBSnapshots")), SNAPSHOT);
  }

  private static List<String> within(String answer, Pattern name) {
    return name.matcher(answer).results().map(found -> found.group(1)).toList();
  }

  void createDatabase(String id) {
    createDatabase(id, Map.of());
  }

  void createDatabase(String id, Map<String, String> tags) {
    Map<String, String> fields =
        new TreeMap<>(
            Map.of(
                "Action", "CreateDBInstance",
                "DBInstanceIdentifier", id,
                "DBInstanceClass", "db.t3.micro",
                "Engine", "mysql",
                "AllocatedStorage", "20",
                "MasterUsername", "somebody",
                "MasterUserPassword", "else-s-password"));
    int number = 0;
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      String field = "Tags.Tag." + ++number;
      fields.put(field + ".Key", tag.getKey());
      fields.put(field + ".Value", tag.getValue());
    }
    rds(fields);
  }

  /** What AWS shows of databases, snapshots, tasks and the secret: to the letter, but the time. */
  List<String> everything() {
    List<String> all = new ArrayList<>(everythingButTasks());
    all.add(String.valueOf(desired()));
    return all;
  }

  List<String> everythingButTasks() {
    return List.of(
        withoutTime(rds(Map.of("Action", "DescribeDBInstances"))),
        withoutTime(rds(Map.of("Action", "DescribeDBSnapshots"))),
        json("ListSecrets", Map.of()).toString(),
        secret().toString());
  }

  private static String withoutTime(String answer) {
    return answer.replaceAll("<(RequestId|LatestRestorableTime)>[^<]*</", "</");
  }

  private String rds(Map<String, String> fields) {
    String form =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
            .collect(Collectors.joining("&", "Version=2014-10-31&", ""));
    return send(
        to("rds")
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .POST(BodyPublishers.ofString(form)));
  }

  private HttpRequest.Builder to(String service) {
    return HttpRequest.newBuilder(endpoint.resolve("/"))
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=123456789012/20260101/%s/%s/aws4_request, Signature=0"
                .formatted(region, service));
  }

  private static JsonNode tree(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException failed) {
      throw new AssertionError(failed);
    }
  }

  private static String send(HttpRequest.Builder request) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }
}

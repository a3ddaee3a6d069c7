package io.rekindle.starter.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Somebody else who speaks to the simulated AWS, without the SDK, which has no place here. */
record RawAws(URI endpoint, String region) {
  private static final String SECRET = "lampstack/db";

  /** Every password that the application's secret holds or held. */
  List<String> passwords() throws Exception {
    List<String> passwords = new ArrayList<>();
    JsonNode versions = json("ListSecretVersionIds", Map.of("SecretId", SECRET)).path("Versions");
    for (JsonNode version : versions) {
      Map<String, String> which =
          Map.of("SecretId", SECRET, "VersionId", version.path("VersionId").asText());
      String text = json("GetSecretValue", which).path("SecretString").asText();
      passwords.add(new ObjectMapper().readTree(text).path("password").asText());
    }
    return passwords;
  }

  private JsonNode json(String operation, Map<String, String> fields) throws Exception {
    HttpRequest.Builder request =
        to("secretsmanager")
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "secretsmanager." + operation)
            .POST(BodyPublishers.ofString(new ObjectMapper().writeValueAsString(fields)));
    return new ObjectMapper().readTree(send(request));
  }

  void createDatabase(String id) throws Exception {
    Map<String, String> fields =
        Map.of(
            "Action", "CreateDBInstance",
            "Version", "2014-10-31",
            "DBInstanceIdentifier", id,
            "DBInstanceClass", "db.t3.micro",
            "Engine", "mysql",
            "AllocatedStorage", "20",
            "MasterUsername", "somebody",
            "MasterUserPassword", "else-s-password");
    String form =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    send(
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

  private static String send(HttpRequest.Builder request) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    }
  }
}

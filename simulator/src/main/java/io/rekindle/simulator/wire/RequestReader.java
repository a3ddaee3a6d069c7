package io.rekindle.simulator.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Reads who asks what of which service from the bare HTTP request. */
public final class RequestReader {
  private static final Pattern SCOPE =
      Pattern.compile("([^/\\s=]+)/\\d{8}/([^/]+)/([^/]+)/aws4_request");
  private static final Pattern STEP = Pattern.compile("\\brekindle/([^.\\s]+)\\.(\\S+)");
  private static final Pattern APP = Pattern.compile("\\bapp/(\\S+)");
  private final Callers callers;

  public RequestReader(Callers callers) {
    this.callers = callers;
  }

  public Request read(String method, URI at, Map<String, List<String>> headers, byte[] sent)
      throws IOException {
    Map<String, List<String>> head = new TreeMap<>(headers);
    byte[] body = sent;
    if (first(head, "content-encoding").equals("gzip")) {
      body = new GZIPInputStream(new ByteArrayInputStream(sent)).readAllBytes();
      head.remove("content-encoding");
    }
    String path = Optional.ofNullable(at.getRawPath()).filter(p -> !p.isEmpty()).orElse("/");
    String query = Optional.ofNullable(at.getRawQuery()).orElse("");
    Matcher scope = SCOPE.matcher(first(head, "authorization"));
    Matcher presigned = SCOPE.matcher(Request.decoded(query).getOrDefault("X-Amz-Credential", ""));
    Matcher signed = scope.find() ? scope : presigned;
    boolean known = signed == scope || presigned.find();
    String service = known ? signed.group(3) : unsigned(method);
    Protocol protocol = protocol(service, head, body);
    return new Request(
        method,
        path,
        query,
        head,
        body,
        protocol,
        service,
        known ? region(signed.group(2)) : "",
        operation(protocol, service, method, path, query, head, body),
        caller(known ? signed.group(1) : "", first(head, "user-agent")));
  }

  /** An SDK that was given an endpoint signs for no Region what it otherwise signs for this one. */
  private static String region(String signed) {
    return signed.equals("aws-global") ? "us-east-1" : signed;
  }

  /** Nobody but S3 shows anything to just anybody. */
  private static String unsigned(String method) {
    return method.equals("GET") || method.equals("HEAD") ? "s3" : "";
  }

  private static Protocol protocol(String service, Map<String, List<String>> head, byte[] body) {
    if (!first(head, "x-amz-target").isEmpty()) {
      return Protocol.JSON;
    }
    if (first(head, "smithy-protocol").equals("rpc-v2-cbor")) {
      return Protocol.CBOR;
    }
    boolean form =
        first(head, "content-type").startsWith("application/x-www-form-urlencoded")
            && body.length > 0;
    return switch (service) {
      case "ec2" -> Protocol.EC2;
      case "s3" -> Protocol.S3;
      case "route53", "cloudfront" -> Protocol.REST_XML;
      default -> form ? Protocol.QUERY : Protocol.REST_JSON;
    };
  }

  private static String operation(
      Protocol protocol,
      String service,
      String method,
      String path,
      String query,
      Map<String, List<String>> head,
      byte[] body) {
    return switch (protocol) {
      case JSON -> {
        String target = first(head, "x-amz-target");
        yield target.substring(target.lastIndexOf('.') + 1);
      }
      case CBOR -> path.substring(path.lastIndexOf('/') + 1);
      case QUERY, EC2 ->
          Request.decoded(new String(body, java.nio.charset.StandardCharsets.UTF_8))
              .getOrDefault("Action", "");
      case REST_JSON, REST_XML, S3 ->
          Routes.operation(service, method, path, query).orElse(method + " " + path);
    };
  }

  private Caller caller(String accessKey, String agent) {
    Matcher step = STEP.matcher(agent);
    boolean says = step.find();
    Matcher app = APP.matcher(agent);
    return new Caller(
        callers.account(accessKey),
        accessKey,
        callers.role(accessKey),
        says ? step.group(1) : "",
        says ? step.group(2) : "",
        app.find() ? app.group(1) : "");
  }

  private static String first(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name, List.of("")).getFirst();
  }
}

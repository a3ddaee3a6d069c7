package io.rekindle.simulator.contract;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The models of all services, as botocore ships them; each is read when it is first asked for. */
final class ServiceModels {
  private static final Map<String, String> FOLDERS =
      Map.of(
          "monitoring", "cloudwatch",
          "elasticloadbalancing", "elbv2",
          "tagging", "resourcegroupstaggingapi");
  private final Map<String, Optional<ServiceModel>> read = new ConcurrentHashMap<>();
  private final Path folder;

  ServiceModels(Path folder) {
    this.folder = folder;
  }

  /**
   * @param service the name that its requests are signed for
   */
  Optional<ServiceModel> of(String service) {
    return read.computeIfAbsent(service, this::newest);
  }

  private Optional<ServiceModel> newest(String service) {
    Path versions = folder.resolve(FOLDERS.getOrDefault(service, service));
    if (service.isEmpty() || !Files.isDirectory(versions)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(versions)) {
      return all.max(Comparator.naturalOrder())
          .map(version -> model(version.resolve("service-2.json.gz")));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static ServiceModel model(Path file) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new ServiceModel(new JsonMapper().readTree(in));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Not a service model: " + file, unreadable);
    }
  }
}

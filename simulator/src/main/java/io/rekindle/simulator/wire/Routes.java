package io.rekindle.simulator.wire;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which operation a method and a path mean, for services that have no other name on the wire. */
final class Routes {
  private static final List<Route> ALL =
      Resources.lines(Routes.class, "routes.txt").stream().map(Route::read).toList();

  private Routes() {}

  private record Route(
      String service, String method, Pattern path, Set<String> keys, String operation) {
    static Route read(String line) {
      String[] words = line.split("\\s+");
      String[] place = words[2].split("\\?", 2);
      String path =
          Pattern.compile("\\{\\w+(\\+?)}")
              .matcher(place[0])
              .replaceAll(found -> found.group(1).isEmpty() ? "[^/]+" : ".+");
      return new Route(
          words[0],
          words[1],
          Pattern.compile(path + "/?"),
          place.length > 1 ? Set.of(place[1].split("&")) : Set.of(),
          words[3]);
    }

    boolean leadsFrom(String asked, String by, String at, Set<String> with) {
      return service.equals(asked)
          && method.equals(by)
          && path.matcher(at).matches()
          && with.containsAll(keys);
    }
  }

  static Optional<String> operation(String service, String method, String path, String query) {
    Set<String> keys = Request.decoded(query).keySet();
    return ALL.stream()
        .filter(route -> route.leadsFrom(service, method, path, keys))
        .map(Route::operation)
        .findFirst();
  }
}

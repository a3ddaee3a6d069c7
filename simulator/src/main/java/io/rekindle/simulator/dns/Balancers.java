package io.rekindle.simulator.dns;

import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Xml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * The names of load balancers. Each has two addresses, out of the blocks that are reserved for
 * examples; they stay the same.
 */
record Balancers(Client client) {
  private static final Pattern NAME =
      Pattern.compile("(?:dualstack\\.)?([^.]+\\.([^.]+)\\.elb\\.amazonaws\\.com)");
  private static final String VERSION = "2015-12-01";
  private static final int BLOCK = 254;

  static boolean isOne(Name name) {
    return matcher(name).matches();
  }

  private static Matcher matcher(Name name) {
    return NAME.matcher(name.toString(true));
  }

  /** Empty when there is no such load balancer; only one of both stacks has IPv6 addresses. */
  Optional<List<String>> addresses(Name name, int type) {
    Matcher parts = matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String own = parts.group(1);
    return Xml.all(
            client
                .in(parts.group(2))
                .query("elasticloadbalancing", VERSION, "DescribeLoadBalancers", Map.of()),
            "member")
        .stream()
        .filter(each -> own.equalsIgnoreCase(Xml.text(each, "DNSName")))
        .map(each -> type == Type.AAAA ? ofIpv6(each, own) : madeUp(own))
        .findFirst();
  }

  private static List<String> ofIpv6(Element balancer, String name) {
    return Xml.text(balancer, "IpAddressType").equals("dualstack")
        ? List.of("2001:db8::" + within(name.hashCode()))
        : List.of();
  }

  private static List<String> madeUp(String name) {
    UUID hash = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return List.of(
        "192.0.2." + within(hash.getMostSignificantBits()),
        "198.51.100." + within(hash.getLeastSignificantBits()));
  }

  private static long within(long bits) {
    return 1 + Math.floorMod(bits, BLOCK);
  }
}

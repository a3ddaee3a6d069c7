package io.rekindle.action.aws.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.http.NoHttpResponseException;
import org.apache.http.conn.ConnectTimeoutException;

/**
 * Why there was no answer.
 *
 * @param somebodyAnswered whether the other side was reached at all, only not as it should be
 * @param words what is to be said of it
 */
public record Silence(boolean somebodyAnswered, String words) {

  public static Silence of(IOException failure) {
    return switch (failure) {
      case UnknownHostException unknown -> new Silence(false, "its name has no address");
      case SocketTimeoutException late -> new Silence(false, "it did not answer in time");
      case HttpTimeoutException late -> new Silence(false, "it did not answer in time");
      case ConnectTimeoutException late -> new Silence(false, "it did not answer in time");
      case NoRouteToHostException lost -> new Silence(false, "there is no route to it");
      case ConnectException refused -> refusal(refused);
      case SSLException broken -> new Silence(true, "TLS failed: " + lastWords(broken));
      case NoHttpResponseException closed -> new Silence(true, "it closed the connection");
      default -> new Silence(true, "the connection broke: " + lastWords(failure));
    };
  }

  private static Silence refusal(ConnectException failure) {
    String said = lastWords(failure);
    return said.contains("refused")
        ? new Silence(true, "it refused the connection")
        : new Silence(false, "could not connect: " + said);
  }

  private static String lastWords(Throwable failure) {
    Throwable root =
        Stream.iterate(failure, each -> each != null, Throwable::getCause)
            .reduce(failure, (outer, inner) -> inner);
    return String.valueOf(root.getMessage()).replaceAll("\\s+", " ").strip();
  }
}

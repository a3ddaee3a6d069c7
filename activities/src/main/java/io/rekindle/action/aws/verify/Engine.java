package io.rekindle.action.aws.verify;

import io.rekindle.plan.value.JdbcUrl;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** The kinds of databases, and how to speak to each. All begin a transaction in the same words. */
enum Engine {
  MYSQL(
      new org.mariadb.jdbc.Driver(),
      "connectTimeout",
      1000,
      Map.of("connectionAttributes", "program_name:rekindle")) {
    @Override
    String limit(Duration time, String product) {
      return product.equals("mariadb")
          ? "set session max_statement_time = " + time.toSeconds()
          : "set session max_execution_time = " + time.toMillis();
    }

    @Override
    String universalTime() {
      return "set session time_zone = '+00:00'";
    }

    @Override
    String seconds(String time) {
      return "floor(unix_timestamp(%s))".formatted(time);
    }

    @Override
    Connection connect(JdbcUrl url, Properties settings) throws SQLException {
      String own = url.value().replaceFirst("^jdbc:mysql:", "jdbc:mariadb:");
      return own.toLowerCase(Locale.ROOT).contains("ssl")
          ? open(own, settings)
          : encryptedIfPossible(own, settings);
    }

    /** PostgreSQL's driver does this by itself. */
    private Connection encryptedIfPossible(String url, Properties settings) throws SQLException {
      Properties secure = new Properties();
      secure.putAll(settings);
      secure.setProperty("sslMode", "trust");
      try {
        return open(url, secure);
      } catch (SQLException failure) {
        if (String.valueOf(failure.getMessage()).contains("ssl not enabled")) {
          return open(url, settings);
        }
        throw failure;
      }
    }
  },
  POSTGRESQL(
      new org.postgresql.Driver(),
      "loginTimeout",
      1,
      // Servers of a known age are told the name with the first packet, before they let it in.
      Map.of("ApplicationName", "rekindle", "assumeMinServerVersion", "9.0")) {
    @Override
    String limit(Duration time, String product) {
      return "set statement_timeout = " + time.toMillis();
    }

    @Override
    String universalTime() {
      return "set timezone = 'UTC'";
    }

    @Override
    String seconds(String time) {
      return "floor(extract(epoch from %s))".formatted(time);
    }

    @Override
    Connection connect(JdbcUrl url, Properties settings) throws SQLException {
      return open(url.value(), settings);
    }
  };

  private final Driver driver;
  private final String connectTimeout;
  private final int perSecond;

  /** Whoever lists the connections of a database sees which are ours. */
  private final Map<String, String> naming;

  Engine(Driver driver, String connectTimeout, int perSecond, Map<String, String> naming) {
    this.driver = driver;
    this.connectTimeout = connectTimeout;
    this.perSecond = perSecond;
    this.naming = naming;
  }

  static Engine of(JdbcUrl url) {
    return url.value().startsWith("jdbc:postgresql:") ? POSTGRESQL : MYSQL;
  }

  /** The statement after which the server gives queries up that take longer. */
  abstract String limit(Duration time, String product);

  /** The statement after which the server takes and gives times without a zone as those of UTC. */
  abstract String universalTime();

  /** A time as whole seconds since 1970. */
  abstract String seconds(String time);

  abstract Connection connect(JdbcUrl url, Properties settings) throws SQLException;

  Connection open(String url, Properties settings) throws SQLException {
    Connection connection = driver.connect(url, settings);
    if (connection == null) {
      throw new SQLException("the driver does not take the URL");
    }
    return connection;
  }

  /** Each wait for the server ends in time. */
  Properties settings(Login login, Duration connecting, Duration answering) {
    Properties settings = new Properties();
    settings.setProperty("user", login.user());
    settings.setProperty("password", login.password());
    settings.setProperty(connectTimeout, String.valueOf(connecting.toSeconds() * perSecond));
    settings.putAll(naming);
    settings.setProperty("socketTimeout", String.valueOf(answering.toSeconds() * perSecond));
    return settings;
  }
}

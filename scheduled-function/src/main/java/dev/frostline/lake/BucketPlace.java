package dev.frostline.lake;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Objects of a bucket, by the AWS SDK with its own credentials, retries and time limits. */
final class BucketPlace implements Place {
  private static final Pattern NAME =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*?))?/*");
  private static final int CONFLICT = 409;
  private static final int THERE_ALREADY = 412;
  private static final int TRIES = 8;

  private final S3Client client;
  private final String bucket;
  private final String prefix;
  private final boolean otherServer;

  private BucketPlace(S3Client client, String bucket, String prefix, boolean otherServer) {
    this.client = client;
    this.otherServer = otherServer;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  static BucketPlace at(String name, @Nullable String endpoint) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw new IllegalArgumentException("No bucket: " + name + ". Write s3://BUCKET/PREFIX.");
    }
    String prefix = parts.group(2);
    return new BucketPlace(
        client(endpoint),
        parts.group(1),
        prefix == null || prefix.isEmpty() ? "" : prefix + "/",
        isOtherServer(endpoint));
  }

  private static boolean isOtherServer(@Nullable String endpoint) {
    return endpoint != null
        || System.getenv("AWS_ENDPOINT_URL_S3") != null
        || System.getenv("AWS_ENDPOINT_URL") != null;
  }

  private static S3Client client(@Nullable String endpoint) {
    S3ClientBuilder builder =
        S3Client.builder()
            .overrideConfiguration(
                settings -> settings.retryStrategy(retry -> retry.maxAttempts(TRIES)))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    boolean otherServer = isOtherServer(endpoint);
    if (endpoint != null) {
      builder.endpointOverride(URI.create(endpoint));
    }
    return builder.forcePathStyle(otherServer).crossRegionAccessEnabled(!otherServer).build();
  }

  @Override
  public List<Entry> entries(String folder) throws IOException {
    String start = folder.isEmpty() ? prefix : prefix + folder + "/";
    return asked(
        folder,
        () ->
            client
                .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(start))
                .contents()
                .stream()
                .map(object -> new Entry(object.key().substring(prefix.length()), object.eTag()))
                .sorted(Comparator.comparing(Entry::key))
                .toList());
  }

  @Override
  public List<String> keysAfter(String folder, String key) throws IOException {
    return asked(
        folder,
        () ->
            client
                .listObjectsV2(
                    list ->
                        list.bucket(bucket)
                            .prefix(prefix + folder + "/")
                            .startAfter(key.isEmpty() ? null : prefix + key)
                            .maxKeys(PAGE))
                .contents()
                .stream()
                .map(object -> object.key().substring(prefix.length()))
                .toList());
  }

  @Override
  public InputStream open(String key) throws IOException {
    return asked(key, () -> client.getObject(get -> get.bucket(bucket).key(prefix + key)));
  }

  /**
   * Signed with the credentials of this process; with them it ends, however long it was to last.
   */
  @Override
  public String link(String key, Duration valid) throws IOException {
    try (S3Presigner signer =
        S3Presigner.builder()
            .s3Client(client)
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(otherServer).build())
            .build()) {
      return asked(
          key,
          () ->
              signer
                  .presignGetObject(
                      sign ->
                          sign.signatureDuration(valid)
                              .getObjectRequest(get -> get.bucket(bucket).key(prefix + key)))
                  .url()
                  .toString());
    }
  }

  @Override
  public boolean create(String key, byte[] content) throws IOException {
    return asked(key, () -> createOnce(key, content));
  }

  private boolean createOnce(String key, byte[] content) {
    for (int tries = 1; ; tries++) {
      try {
        client.putObject(
            put -> put.bucket(bucket).key(prefix + key).ifNoneMatch("*"),
            RequestBody.fromBytes(content));
        return true;
      } catch (AwsServiceException e) {
        if (e.statusCode() == THERE_ALREADY) {
          return false;
        }
        if (e.statusCode() != CONFLICT || tries == TRIES) {
          throw e;
        }
      }
    }
  }

  @Override
  public void write(String key, Path file) throws IOException {
    asked(key, () -> client.putObject(put -> put.bucket(bucket).key(prefix + key), file));
  }

  @Override
  public void delete(String key) throws IOException {
    asked(key, () -> client.deleteObject(delete -> delete.bucket(bucket).key(prefix + key)));
  }

  @Override
  public void close() {
    client.close();
  }

  private <T> T asked(String key, Supplier<T> request) throws IOException {
    try {
      return request.get();
    } catch (NoSuchKeyException e) {
      throw new NoSuchFileException(this + "/" + key);
    } catch (SdkException e) {
      throw new IOException(this + "/" + key + ": " + reason(e), e);
    }
  }

  private static String reason(SdkException e) {
    return e instanceof AwsServiceException answer && answer.awsErrorDetails() != null
        ? answer.statusCode() + " " + answer.awsErrorDetails().errorCode()
        : String.valueOf(e.getMessage());
  }

  @Override
  public String toString() {
    return "s3://"
        + bucket
        + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
  }
}

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** About 3,500 classes at init: an S3 client over Apache's HTTP client, Jackson, and Spring. */
public class Big implements RequestHandler<String, String> {
  /** The beans. */
  @Configuration
  public static class Beans {
    @Bean
    S3Client s3() {
      AwsBasicCredentials key = AwsBasicCredentials.create("id", "secret");
      return S3Client.builder()
          .region(Region.EU_WEST_1)
          .credentialsProvider(StaticCredentialsProvider.create(key))
          .httpClient(ApacheHttpClient.create())
          .build();
    }

    @Bean
    ObjectMapper json() {
      return new ObjectMapper();
    }
  }

  private final AnnotationConfigApplicationContext beans =
      new AnnotationConfigApplicationContext(Beans.class);

  public Big() throws Exception {
    beans.getBean(ObjectMapper.class).writeValueAsString(Map.of("a", 1));
  }

  @Override
  public String handleRequest(String event, Context context) {
    return event;
  }
}

package fn;

/** A program without a runtime client, for archives of classes. */
public class Main {
  public static void main(String[] arguments) {
    System.out.println("slow " + Slow.value() + " " + String.join("|", arguments));
  }
}

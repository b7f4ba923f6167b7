using System;
using System.Net.Http;
using System.Threading;

/// <summary>Asks a Runtime API for one event and answers it, as Lambda's runtime support does; loads something before.</summary>
public static class App
{
    public static int Main(string[] arguments)
    {
        Console.WriteLine("hooks=" + Environment.GetEnvironmentVariable("DOTNET_STARTUP_HOOKS"));
        Console.WriteLine("arguments=" + string.Join("|", arguments));
        Heavy();
        string api = Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API");
        if (api == null)
        {
            return 3;
        }
        Serve(new HttpClient(), "http://" + api + "/2018-06-01/runtime/");
        Console.WriteLine("served");
        return 0;
    }

    static void Heavy()
    {
        Console.WriteLine(new System.Collections.Generic.SortedSet<int> { 1, 2 }.Count);
        Thread.Sleep(40);
    }

    static void Serve(HttpClient client, string runtime)
    {
        if (Environment.GetEnvironmentVariable("FAIL_INIT") != null)
        {
            client.PostAsync(runtime + "init/error", new StringContent("{}")).Wait();
            Environment.Exit(1);
        }
        HttpResponseMessage next = client.GetAsync(runtime + "invocation/next").Result;
        string seen = next.Content.ReadAsStringAsync().Result;
        client.PostAsync(runtime + "invocation/1/response", new StringContent("{\"seen\":" + seen + "}")).Wait();
    }
}

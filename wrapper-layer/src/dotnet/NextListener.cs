using System;
using System.Diagnostics.Tracing;

namespace Frostline
{
    /// <summary>
    /// Hears of each HTTP request as it starts, on the thread that makes it: Lambda's runtime support asks for its first
    /// event through HttpClient. .NET 5 and later tell it in the event RequestStart of "System.Net.Http", .NET Core 3 in a
    /// message of its internal "Microsoft-System-Net-Http"; before that nothing does.
    /// </summary>
    internal sealed class NextListener : EventListener
    {
        const string Requests = "System.Net.Http";
        const string Messages = "Microsoft-System-Net-Http";
        const int PathOfRequestStart = 3;

        volatile bool stopped;
        EventSource heard;

        internal void Stop()
        {
            stopped = true;
            if (heard != null)
            {
                DisableEvents(heard);
            }
        }

        protected override void OnEventSourceCreated(EventSource source)
        {
            bool messages = source.Name == Messages && Environment.Version.Major < 5;
            if (source.Name != Requests && !messages)
            {
                return;
            }
            heard = source;
            EnableEvents(source, messages ? EventLevel.Verbose : EventLevel.Informational, (EventKeywords)(-1));
        }

        protected override void OnEventWritten(EventWrittenEventArgs written)
        {
            if (stopped || written.Payload == null || written.Payload.Count == 0)
            {
                return;
            }
            try
            {
                string asked = Asked(written);
                string why = asked == null ? null : Why(asked);
                if (why != null)
                {
                    Init.Ended(why);
                }
            }
            catch (Exception)
            {
                stopped = true;
            }
        }

        static string Asked(EventWrittenEventArgs written)
        {
            if (written.EventSource.Name == Requests)
            {
                bool started = written.EventId == 1 && written.Payload.Count > PathOfRequestStart;
                return started ? written.Payload[PathOfRequestStart] as string : null;
            }
            string message = written.Payload[written.Payload.Count - 1] as string;
            int uri = message == null ? -1 : message.IndexOf("RequestUri: '", StringComparison.Ordinal) + 13;
            int end = uri < 13 ? -1 : message.IndexOf('\'', uri);
            return end < 0 ? null : message.Substring(uri, end - uri);
        }

        static string Why(string asked)
        {
            if (asked.EndsWith("/runtime/invocation/next", StringComparison.Ordinal))
            {
                return "next";
            }
            if (asked.EndsWith("/runtime/restore/next", StringComparison.Ordinal))
            {
                return "restore";
            }
            return asked.EndsWith("/runtime/init/error", StringComparison.Ordinal) ? "exit" : null;
        }
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Frostline
{
    /// <summary>A FROSTLINE line of keys and values.</summary>
    internal sealed class Line
    {
        readonly StringBuilder text;

        internal Line(string kind)
        {
            text = new StringBuilder("FROSTLINE ").Append(kind);
        }

        internal Line Add(string key, long value)
        {
            return Add(key, value.ToString(CultureInfo.InvariantCulture));
        }

        internal Line Add(string key, string value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append(' ').Append(key).Append('=').Append(Encoded(value, "% "));
            }
            return this;
        }

        internal Line AddVariable(string key, string variable)
        {
            return Add(key, Environment.GetEnvironmentVariable(variable));
        }

        public override string ToString()
        {
            return text.ToString();
        }

        /// <summary>Percent-encodes control characters and those given.</summary>
        internal static string Encoded(string value, string also)
        {
            StringBuilder encoded = new StringBuilder(value.Length);
            foreach (char c in value)
            {
                if (c < ' ' || c == 127 || also.IndexOf(c) >= 0)
                {
                    encoded.Append('%').Append(((int)c).ToString("X2", CultureInfo.InvariantCulture));
                }
                else
                {
                    encoded.Append(c);
                }
            }
            return encoded.ToString();
        }
    }

    /// <summary>
    /// Lines for stderr, written in one go and past System.Console, which many functions do not load; where the log format
    /// is JSON, as events of a level that is kept, as raw lines count as INFO there.
    /// </summary>
    internal sealed class Log
    {
        internal const string Layer = "0.1.0";
        const int PartLength = 30000; // the platform's reader may cut raw lines above 32 KB

        readonly StringBuilder text = new StringBuilder();
        readonly bool json = "JSON".Equals(Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_FORMAT"), StringComparison.OrdinalIgnoreCase);

        [DllImport("libc")]
        static extern IntPtr write(int fd, byte[] bytes, IntPtr count);

        internal static void Fault()
        {
            try
            {
                Log log = new Log();
                log.Line(new Line("fault").Add("v", 1).Add("id", Init.Id).Add("error", "Exception").ToString());
                log.Write();
            }
            catch (Exception)
            {
                // not even that
            }
        }

        internal void Line(string line)
        {
            if (json)
            {
                string now = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
                string message = line.Replace("\\", "\\\\").Replace("\"", "\\\"");
                line = "{\"timestamp\":\"" + now + "\",\"level\":\"" + Level() + "\",\"message\":\"" + message + "\"}";
            }
            text.Append(line).Append('\n');
        }

        internal void Pack(string id, List<string> records)
        {
            List<StringBuilder> parts = new List<StringBuilder>();
            foreach (string record in records)
            {
                StringBuilder part = parts.Count == 0 ? null : parts[parts.Count - 1];
                if (part == null || part.Length + record.Length > PartLength)
                {
                    parts.Add(new StringBuilder(record));
                }
                else
                {
                    part.Append(';').Append(record);
                }
            }
            for (int i = 0; i < parts.Count; i++)
            {
                Line("FROSTLINE pack v=1 id=" + id + " kind=dotnet part=" + (i + 1) + "/" + parts.Count + " enc=text " + parts[i]);
            }
        }

        internal void Write()
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
            for (int tries = 0; bytes.Length > 0 && tries < 100; tries++)
            {
                int written = (int)write(2, bytes, (IntPtr)bytes.Length);
                if (written > 0)
                {
                    byte[] rest = new byte[bytes.Length - written];
                    Array.Copy(bytes, written, rest, 0, rest.Length);
                    bytes = rest;
                }
            }
        }

        static string Level()
        {
            string level = (Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_LEVEL") ?? "").ToUpperInvariant();
            return level == "WARN" || level == "ERROR" || level == "FATAL" ? level : "INFO";
        }
    }
}

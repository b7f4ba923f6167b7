"""A stand-in for AWS's runtime interface client, as small as the sample needs."""
